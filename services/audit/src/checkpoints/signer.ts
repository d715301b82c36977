import { createPrivateKey } from 'node:crypto';
import { signCheckpoint, verifierKey } from '@stockade/transparency-log';

export interface SignerConfig {
  /** Ed25519, PKCS #8 PEM in base64. */
  AUDIT_SIGNING_KEY: string;
  AUDIT_LOG_ORIGIN: string;
}

export interface Signer {
  /** Names a tenant's log. */
  origin(tenantId: string): string;
  /** A tenant's log at a size, signed. */
  sign(tenantId: string, size: number, rootHash: Buffer): string;
  /** With which a tenant's checkpoints are checked. */
  verifierKey(tenantId: string): string;
}

/** Each tenant has a log of its own, which its origin names: nobody can pass one tenant's checkpoint off as another's. */
export function createSigner({ AUDIT_SIGNING_KEY, AUDIT_LOG_ORIGIN }: SignerConfig): Signer {
  const privateKey = createPrivateKey(Buffer.from(AUDIT_SIGNING_KEY, 'base64').toString());
  const originOf = (tenantId: string) => `${AUDIT_LOG_ORIGIN}/${tenantId}`;
  return {
    origin: originOf,
    sign: (tenantId, size, rootHash) =>
      signCheckpoint({ origin: originOf(tenantId), size, rootHash }, privateKey),
    verifierKey: (tenantId) => verifierKey(originOf(tenantId), privateKey),
  };
}
