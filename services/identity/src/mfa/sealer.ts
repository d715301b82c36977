import { sealerOf } from '@stockade/secrets';
import type { Service } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';

/** Seals and opens the secrets of authenticator apps, each bound to its user. */
export function totpSealer({ secrets }: Service<IdentityDb>, tenantId: string, userId: string) {
  const sealer = sealerOf(secrets, 'MFA_ENCRYPTION_KEY', 'mfa');
  const context = `totp ${tenantId} ${userId}`;
  return {
    seal: (secret: Buffer) => sealer.seal(secret, context),
    open: (sealed: Buffer) => sealer.open(sealed, context),
  };
}
