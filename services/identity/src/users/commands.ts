import { type Role, userChanged } from '@stockade/contracts';
import type { User } from '@stockade/contracts/identity';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import { issueLink } from '../account-tokens/links.ts';
import { endTokens } from '../account-tokens/queries.ts';
import { revokeKeysOf } from '../api-keys/queries.ts';
import { endSessions } from '../auth/queries.ts';
import { announceRevocation } from '../auth/revocation.ts';
import type { IdentityDb } from '../tables.ts';
import { lockTenant } from '../tenants/queries.ts';
import * as queries from './queries.ts';
import { checkMayManage, endsSessions } from './rules.ts';

type IdentityWork = Work<IdentityDb>;

const audited = ['email', 'name', 'role', 'status'];
const target = (id: string) => ({ type: 'user', id });

export function emitUser(work: IdentityWork, user: queries.UserRow, active = user.status === 'active'): void {
  const { id, email, name, role } = user;
  work.emit(userChanged, {
    aggregateId: id,
    aggregateVersion: active ? user.version : user.version + 1,
    payload: { userId: id, email, name, role, active },
  });
}

interface NewUser {
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
}

/** Stores a user. The address is unique across tenants: whose it is, nobody is told. */
export async function insertNewUser(
  work: IdentityWork,
  { email, name, role, passwordHash }: NewUser,
): Promise<queries.UserRow> {
  const status = passwordHash ? 'active' : 'invited';
  const row = {
    tenant_id: work.tenantId,
    id: newId(),
    email: email.toLowerCase(),
    name,
    role,
    status,
    password_hash: passwordHash,
  } as const;
  const user = await queries.insertUser(work.trx, row).catch((error) =>
    mapConstraint(error, {
      users_email_key: () => errors.conflict('This e-mail address is in use already.', { field: 'email' }),
    }),
  );
  emitUser(work, user);
  work.audit({
    action: 'identity.user.create',
    target: target(user.id),
    changes: changed(null, user, audited),
  });
  return user;
}

/** Without a password the user is invited by mail. */
export async function createUser(work: IdentityWork, user: NewUser): Promise<User> {
  checkMayManage(work.caller.role, user.role);
  const row = await insertNewUser(work, user);
  if (row.status === 'invited')
    await issueLink(work, { userId: row.id, purpose: 'invitation', email: row.email });
  return queries.toUser(row);
}

export interface UserChanges {
  name?: string;
  role?: Role;
  status?: 'active' | 'disabled';
  passwordHash?: string;
}

/** A new role, password or state ends the user's sessions in the same transaction; the latter two, links that were mailed. */
export async function changeUser(
  work: IdentityWork,
  id: string,
  changes: UserChanges,
  ifMatch: number | null,
  reply: FastifyReply,
): Promise<User> {
  const { passwordHash, ...fields } = changes;
  // The tenant first, for everybody: so no two owners step down at once.
  await lockTenant(work.trx);
  const before = await queries.lockUser(work.trx, id);
  if (!before) throw errors.notFound('User', id);
  checkVersion(before.version, ifMatch);
  checkMayManage(work.caller.role, before.role, fields.role ?? before.role);
  if (fields.status === 'active' && !before.password_hash && !passwordHash) {
    throw errors.invalidState({
      what: `User ${before.email}`,
      state: 'invited',
      allowed: ['a password being set'],
    });
  }
  const steppingDown =
    before.role === 'owner' &&
    before.status === 'active' &&
    ((fields.role ?? 'owner') !== 'owner' || fields.status === 'disabled');
  if (steppingDown) await checkNotLastOwner(work, before);
  const activated = passwordHash && before.status === 'invited' ? { status: 'active' as const } : {};
  const after = await queries.updateUser(work.trx, id, {
    ...fields,
    ...activated,
    ...(passwordHash ? { password_hash: passwordHash } : {}),
  });
  if (endsSessions(before, { ...fields, ...(passwordHash ? { password: passwordHash } : {}) })) {
    await endSessions(work.trx, { userId: id });
    await announceRevocation(work.trx, reply, { userId: id });
  }
  if (passwordHash || after.status !== before.status) await endTokens(work.trx, id);
  emitUser(work, after);
  const password = passwordHash ? { password: { before: null, after: 'changed' } } : {};
  work.audit({
    action: 'identity.user.update',
    target: target(id),
    changes: { ...changed(before, after, audited), ...password },
  });
  return queries.toUser(after);
}

async function checkNotLastOwner(work: IdentityWork, user: queries.UserRow): Promise<void> {
  if ((await queries.countOtherOwners(work.trx, user.id)) > 0) return;
  throw errors.conflict(
    'The last owner cannot be removed, disabled or given another role: make somebody else an owner first.',
  );
}

/** Removes a user with the sessions; keys the user made are revoked. */
export async function removeUser(
  work: IdentityWork,
  id: string,
  ifMatch: number | null,
  reply: FastifyReply,
): Promise<void> {
  await lockTenant(work.trx);
  const user = await queries.lockUser(work.trx, id);
  if (!user) throw errors.notFound('User', id);
  checkVersion(user.version, ifMatch);
  checkMayManage(work.caller.role, user.role);
  if (user.role === 'owner' && user.status === 'active') await checkNotLastOwner(work, user);
  await revokeKeysOf(work.trx, id);
  await queries.deleteUser(work.trx, id);
  await announceRevocation(work.trx, reply, { userId: id });
  emitUser(work, user, false);
  work.audit({ action: 'identity.user.delete', target: target(id), changes: changed(user, null, audited) });
}
