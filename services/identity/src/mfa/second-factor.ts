import type { Work } from '@stockade/messaging';
import { type Service, ServiceError } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import * as queries from './queries.ts';
import { hashOfRecoveryCode } from './recovery-codes.ts';
import { totpSealer } from './sealer.ts';
import { stepOf } from './totp.ts';

export type SecondFactor = { code?: string; recoveryCode?: string };
export type Checked = 'totp' | 'recovery_code' | 'wrong';

const blocked = () =>
  new ServiceError(
    'RATE_LIMITED',
    'There were too many wrong codes: try again later.',
    undefined,
    queries.failureMinutes * 60,
  );

/**
 * Uses a code up, and tells which kind it was. A wrong one is counted: the caller has to let the transaction commit, and
 * refuse afterwards. Above ten wrong ones in a quarter of an hour none is looked at (throws RATE_LIMITED).
 */
export async function checkSecondFactor(
  work: Work<IdentityDb>,
  service: Service<IdentityDb>,
  totp: queries.TotpRow,
  { code, recoveryCode }: SecondFactor,
): Promise<Checked> {
  const { trx, now, tenantId } = work;
  const userId = totp.user_id;
  if (totp.blocked) throw blocked();
  let taken = false;
  if (code !== undefined) {
    const step = stepOf(totpSealer(service, tenantId, userId).open(totp.secret), code, now);
    taken = step !== null && (await queries.takeStep(trx, userId, step));
  } else if (recoveryCode !== undefined) {
    taken = await queries.takeRecoveryCode(trx, userId, hashOfRecoveryCode(recoveryCode));
  }
  if (taken) {
    await queries.clearFailures(trx, userId);
    return code === undefined ? 'recovery_code' : 'totp';
  }
  await queries.noteFailure(trx, userId);
  work.audit({ action: 'identity.mfa.refuse', target: { type: 'user', id: userId } });
  return 'wrong';
}
