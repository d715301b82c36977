import { randomBytes } from 'node:crypto';
import { newId } from '@stockade/database';
import type { Work } from '@stockade/messaging';
import { ServiceError } from '@stockade/service-kit';
import { hashOf } from '../auth/keys.ts';
import type { IdentityDb } from '../tables.ts';
import { insertChallenge } from './challenge-queries.ts';
import { findActiveTotp } from './queries.ts';

interface Challenge {
  mfaToken: string;
  methods: string[];
}

/** After a right password: what the second factor is to be given with, or null when the user has none. */
export async function openChallenge(work: Work<IdentityDb>, userId: string): Promise<Challenge | null> {
  const totp = await findActiveTotp(work.trx, userId);
  if (!totp) return null;
  const mfaToken = randomBytes(32).toString('base64url');
  await insertChallenge(work.trx, {
    tenant_id: work.tenantId,
    user_id: userId,
    id: newId(),
    token_hash: hashOf(mfaToken),
  });
  work.audit({ action: 'identity.mfa.challenge', target: { type: 'user', id: userId } });
  return { mfaToken, methods: totp.recoveryCodesLeft > 0 ? ['totp', 'recovery_code'] : ['totp'] };
}

/** A 403 and no 401: the password was right, so it must not count as a failed sign-in of the address. */
export const mfaRequired = ({ mfaToken, methods }: Challenge) =>
  new ServiceError('MFA_REQUIRED', 'The second factor is needed: give a code with this token.', {
    mfaToken,
    methods,
  });
