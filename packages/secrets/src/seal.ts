import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secrets } from './store.ts';

/**
 * Encryption at rest with AES-256-GCM. Each sealed thing has a key of its own, derived from one of the configured keys
 * with a random salt (HKDF, RFC 5869), so that no nonce can ever come twice under a key. What is sealed is bound to its
 * context: moved to another tenant, row or column it does not open.
 *
 * A sealed thing: version (1 byte) | id of the key (8) | salt (32) | ciphertext | tag (16).
 */
export interface Sealer {
  /** Names the key that is sealed with now; tells nothing of the key. */
  readonly keyId: string;
  seal(plain: Buffer, context: string): Buffer;
  /** Throws a SealError for an unknown key, another context, and whatever was changed or cut off. */
  open(sealed: Buffer, context: string): Buffer;
}

export class SealError extends Error {
  override name = 'SealError';
}

const version = 1;
const idBytes = 8;
const saltBytes = 32;
const tagBytes = 16;
const headBytes = 1 + idBytes + saltBytes;
const algorithm = 'aes-256-gcm';

const derive = (key: string, salt: Buffer, info: string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes));

/** Key and nonce of one sealed thing. */
function secretsOf(key: string, salt: Buffer, purpose: string): { dataKey: Buffer; nonce: Buffer } {
  const derived = derive(key, salt, `stockade ${purpose} data key`, 44);
  return { dataKey: derived.subarray(0, 32), nonce: derived.subarray(32) };
}

/** Which keys there are now: `current` seals, all of `accepted` open. */
export interface SealingKeys {
  current(): string;
  accepted(): readonly string[];
}

/** Keys by their ids, made anew only when they change. */
function keyring({ current, accepted }: SealingKeys, purpose: string) {
  const ids = new Map<string, Buffer>();
  const idOf = (key: string): Buffer => {
    const id = ids.get(key) ?? derive(key, Buffer.alloc(0), `stockade ${purpose} key id`, idBytes);
    if (ids.size > 100) ids.clear();
    ids.set(key, id);
    return id;
  };
  return {
    current: () => ({ key: current(), id: idOf(current()) }),
    find: (id: Buffer) => accepted().find((key) => idOf(key).equals(id)),
  };
}

/** `purpose` keeps the keys of different things apart, even if somebody gives them the same secret. */
export function createSealer(keys: SealingKeys, purpose: string): Sealer {
  const ring = keyring(keys, purpose);
  return {
    get keyId() {
      return ring.current().id.toString('hex');
    },
    seal(plain, context) {
      const { key, id } = ring.current();
      const head = Buffer.concat([Buffer.of(version), id, randomBytes(saltBytes)]);
      const { dataKey, nonce } = secretsOf(key, head.subarray(1 + idBytes), purpose);
      const cipher = createCipheriv(algorithm, dataKey, nonce);
      cipher.setAAD(Buffer.concat([head, Buffer.from(context)]));
      return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      if (sealed.length < headBytes + tagBytes || sealed[0] !== version)
        throw new SealError('This is nothing that was sealed here');
      const key = ring.find(sealed.subarray(1, 1 + idBytes));
      if (key === undefined)
        throw new SealError('It was sealed with a key that is not among the accepted ones');
      const { dataKey, nonce } = secretsOf(key, sealed.subarray(1 + idBytes, headBytes), purpose);
      const decipher = createDecipheriv(algorithm, dataKey, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.concat([sealed.subarray(0, headBytes), Buffer.from(context)]));
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headBytes, -tagBytes)), decipher.final()]);
      } catch {
        throw new SealError('It was changed, or belongs elsewhere');
      }
    },
  };
}

/** Seals with a secret as it is now, opens with all of its accepted values. */
export const sealerOf = (secrets: Secrets, name: string, purpose: string): Sealer =>
  createSealer({ current: () => secrets.current(name), accepted: () => secrets.accepted(name) }, purpose);

/** The id of the key that something was sealed with, as `keyId` gives it. */
export const keyIdOf = (sealed: Buffer): string => sealed.toString('hex', 1, 1 + idBytes);
