import { type Caller, changed, runWork, type Work } from '@stockade/messaging';
import { errors, type Service } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import { endSessions } from '../auth/queries.ts';
import { announceRevocation } from '../auth/revocation.ts';
import { deletePasskeys } from '../passkeys/queries.ts';
import type { IdentityDb } from '../tables.ts';
import { lockUser, type UserRow } from '../users/queries.ts';
import { checkMayManage } from '../users/rules.ts';
import * as queries from './queries.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { totpSealer } from './sealer.ts';
import { checkSecondFactor, type SecondFactor } from './second-factor.ts';
import { enrolmentOf, newTotpSecret } from './totp.ts';

type IdentityService = Service<IdentityDb>;
type IdentityWork = Work<IdentityDb>;

const target = (id: string) => ({ type: 'user', id });
const wrongState = (state: string, allowed: string) =>
  errors.invalidState({ what: 'The authenticator app', state, allowed: [allowed] });

/** Makes a secret that no sign-in asks for yet. */
export async function createTotp(service: IdentityService, caller: Caller, user: UserRow) {
  const secret = newTotpSecret();
  await runWork(service.db, caller, async (work) => {
    const { tenantId } = work;
    const sealed = totpSealer(service, tenantId, user.id).seal(secret);
    const row = { tenant_id: tenantId, user_id: user.id, secret: sealed };
    if (!(await queries.putPendingTotp(work.trx, row))) throw wrongState('active', 'none');
    work.audit({ action: 'identity.totp.create', target: target(user.id) });
  });
  return enrolmentOf(secret, user.email);
}

interface Change {
  userId: string;
  factor: SecondFactor;
  /** What the app has to be for it. */
  state: 'pending' | 'active';
}

/** A change that a code is needed for; a wrong code is counted before it is refused. */
async function withSecondFactor<T>(
  service: IdentityService,
  caller: Caller,
  { userId, factor, state }: Change,
  change: (work: IdentityWork) => Promise<T>,
): Promise<T> {
  const outcome = await runWork(service.db, caller, async (work) => {
    const totp = await queries.lockTotp(work.trx, userId);
    const found = totp ? (totp.confirmed_at ? 'active' : 'pending') : 'none';
    if (!totp || found !== state) throw wrongState(found, state);
    const method = await checkSecondFactor(work, service, totp, factor);
    return method === 'wrong' ? 'wrong' : { done: await change(work) };
  });
  if (outcome === 'wrong') throw errors.forbidden('The code is wrong, or was used already.');
  return outcome.done;
}

async function insertRecoveryCodes({ trx, tenantId }: IdentityWork, userId: string) {
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map(hashOfRecoveryCode);
  await queries.replaceRecoveryCodes(trx, { tenantId, userId, hashes });
  return { recoveryCodes };
}

export function confirmTotp(service: IdentityService, caller: Caller, userId: string, code: string) {
  const change: Change = { userId, factor: { code }, state: 'pending' };
  return withSecondFactor(service, caller, change, async (work) => {
    await queries.confirmTotp(work.trx, userId);
    work.audit({
      action: 'identity.totp.confirm',
      target: target(userId),
      changes: { totp: { before: 'pending', after: 'active' } },
    });
    return insertRecoveryCodes(work, userId);
  });
}

export function renewRecoveryCodes(
  service: IdentityService,
  caller: Caller,
  userId: string,
  factor: SecondFactor,
) {
  return withSecondFactor(service, caller, { userId, factor, state: 'active' }, async (work) => {
    work.audit({ action: 'identity.recovery-codes.renew', target: target(userId) });
    return insertRecoveryCodes(work, userId);
  });
}

export function deleteTotp(service: IdentityService, caller: Caller, userId: string, factor: SecondFactor) {
  return withSecondFactor(service, caller, { userId, factor, state: 'active' }, async (work) => {
    await queries.deleteTotp(work.trx, userId);
    work.audit({
      action: 'identity.totp.delete',
      target: target(userId),
      changes: { totp: { before: 'active', after: null } },
    });
  });
}

/** For somebody who lost them. Nobody gets rid of his own this way: a stolen session would be enough. */
export async function resetUserMfa(work: IdentityWork, userId: string, reply: FastifyReply): Promise<void> {
  const user = await lockUser(work.trx, userId);
  if (!user) throw errors.notFound('User', userId);
  checkMayManage(work.caller.role, user.role);
  if (work.caller.personId === userId)
    throw errors.forbidden('Your own is removed with your password and a code: DELETE /v1/auth/mfa/totp.');
  const hadTotp = await queries.deleteTotp(work.trx, userId);
  const passkeys = await deletePasskeys(work.trx, userId);
  if (!hadTotp && passkeys === 0) return;
  await endSessions(work.trx, { userId });
  await announceRevocation(work.trx, reply, { userId });
  work.audit({
    action: 'identity.user.reset-mfa',
    target: target(userId),
    changes: changed({ totp: hadTotp, passkeys }, { totp: false, passkeys: 0 }),
  });
}
