import { createSealer, type Sealer } from '@stockade/secrets/seal';
import type { Service } from '@stockade/service-kit';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';

/** Seals and opens the secrets of authenticator apps, each bound to its user. */
export function totpSealer(service: Service<IdentityDb>, tenantId: string, userId: string) {
  const { MFA_ENCRYPTION_KEY: current, MFA_ENCRYPTION_KEYS_OLD = '' } = service.config as Config;
  const old = MFA_ENCRYPTION_KEYS_OLD.split(',').flatMap((key) => key.trim() || []);
  const sealer: Sealer = createSealer({ current, old }, 'mfa');
  const context = `totp ${tenantId} ${userId}`;
  return {
    seal: (secret: Buffer) => sealer.seal(secret, context),
    open: (sealed: Buffer) => sealer.open(sealed, context),
  };
}
