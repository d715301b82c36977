import { createHash } from 'node:crypto';
import { newId } from '@stockade/database';
import type { Sealer } from '@stockade/secrets';
import { decodeRaw, encodeRaw, maxStoredBytes } from '../messages/raw-codec.ts';
import type { ObjectStore } from './object-store.ts';

/** A raw message as its row holds it: the sealed bytes themselves, or the name of the object that they are in. */
export interface StoredRaw {
  /** The message's id; its bytes are bound to it and to the tenant. */
  message_id: string;
  /** How the bytes were made, so that they can still be read after the way of storing changed. */
  codec: string;
  body: Buffer | null;
  /** Which key they are sealed with; null where they are not. */
  key_id: string | null;
  object_name: string | null;
}

/** A stored message with what its bytes must be. */
export interface RawRow extends StoredRaw {
  tenant_id: string;
  /** Of the raw message, in hex. */
  sha256: string;
}

/** Where raw messages are kept: compressed and encrypted, in the database or in a bucket. */
export interface RawStore {
  /**
   * Makes what a transaction then writes. With a bucket the object is written here, before that commits: a committed
   * message always has its bytes. What is not committed is left for the clean-up.
   */
  put(tenantId: string, raw: Buffer): Promise<StoredRaw>;
  /** The raw message as it came. Throws when it is not, bit for bit; a 503 while the bucket does not answer. */
  get(row: RawRow): Promise<Buffer>;
  /** Removes what was put for a message that the tenant turned out to have already; the clean-up finds what is missed. */
  discard(stored: StoredRaw): Promise<void>;
}

/** Stored bytes that are not those of the message. */
export class DamagedRaw extends Error {
  override name = 'DamagedRaw';
}

const contextOf = (tenantId: string, messageId: string) => `raw message ${tenantId} ${messageId}`;

export function createRawStore(sealer: Sealer, objects: ObjectStore | null): RawStore {
  async function sealedBytes({ object_name, body }: StoredRaw): Promise<Buffer> {
    if (object_name === null) return body ?? Buffer.alloc(0);
    if (!objects) throw new DamagedRaw('The message is in a bucket, and MAIL_STORE_URL is not set');
    const found = await objects.get(object_name, maxStoredBytes);
    if (!found) throw new DamagedRaw(`The bucket has no object ${object_name}`);
    return found;
  }
  return {
    async put(tenantId, raw) {
      const messageId = newId();
      const { codec, bytes } = await encodeRaw(raw);
      const sealed = sealer.seal(bytes, contextOf(tenantId, messageId));
      const object_name = objects ? `${tenantId}/${messageId}` : null;
      if (objects && object_name) await objects.put(object_name, sealed);
      return {
        message_id: messageId,
        codec,
        body: objects ? null : sealed,
        key_id: sealer.keyId,
        object_name,
      };
    },
    async get(row) {
      const { codec, key_id, tenant_id, message_id, sha256 } = row;
      const bytes = await sealedBytes(row);
      const opened = key_id === null ? bytes : sealer.open(bytes, contextOf(tenant_id, message_id));
      const raw = await decodeRaw({ codec, bytes: opened });
      if (createHash('sha256').update(raw).digest('hex') !== sha256)
        throw new DamagedRaw(`What is stored of message ${message_id} is not what came`);
      return raw;
    },
    async discard({ object_name }) {
      if (objects && object_name) await objects.delete(object_name).catch(() => {});
    },
  };
}
