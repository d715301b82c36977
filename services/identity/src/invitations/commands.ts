import type { Invitation } from '@stockade/contracts/identity';
import { type Caller, changed, runWork, type Work } from '@stockade/messaging';
import { errors, type Service } from '@stockade/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, checkMayMail, issueLink, openLink, spendLink } from '../account-tokens/links.ts';
import { rememberDevice } from '../auth/devices.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { IdentityDb } from '../tables.ts';
import { emitUser } from '../users/commands.ts';
import { lockUser, updateUser } from '../users/queries.ts';
import { checkMayManage, checkPassword } from '../users/rules.ts';
import { findInvitation } from './queries.ts';

/** Mails an invitation once more, to a user who has not accepted; the link before it is dead. */
export async function sendAgain(work: Work<IdentityDb>, userId: string): Promise<Invitation> {
  const user = await lockUser(work.trx, userId);
  if (!user) throw errors.notFound('User', userId);
  checkMayManage(work.caller.role, user.role);
  if (user.status !== 'invited')
    throw errors.invalidState({ what: `User ${user.email}`, state: user.status, allowed: ['invited'] });
  await checkMayMail(work, userId, 'invitation');
  await issueLink(work, { userId, purpose: 'invitation', email: user.email });
  work.audit({ action: 'identity.user.invite', target: { type: 'user', id: userId } });
  const invitation = await findInvitation(work.trx, userId);
  if (!invitation) throw new Error(`The invitation of user ${userId} is not there`);
  return invitation;
}

interface Acceptance {
  token: string;
  password: string;
  name?: string;
}

/** The user is active from then on, with a password of their own. */
export async function acceptInvitation(
  service: Service<IdentityDb>,
  caller: Caller,
  { token, password, name }: Acceptance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const link = await openLink(service, caller, 'invitation', token);
  checkPassword(password, link.userEmail);
  const passwordHash = await hashPassword(password);
  await runWork(service.db, callerOf(caller, link), async (work) => {
    const before = await spendLink(service, work, link);
    const after = await updateUser(work.trx, before.id, {
      status: 'active',
      password_hash: passwordHash,
      ...(name === undefined ? {} : { name }),
    });
    emitUser(work, after);
    work.audit({
      action: 'identity.user.accept-invitation',
      target: { type: 'user', id: after.id },
      changes: {
        ...changed(before, after, ['name', 'status']),
        password: { before: null, after: 'changed' },
      },
    });
  });
  rememberDevice(service, request, reply, link.userEmail);
}
