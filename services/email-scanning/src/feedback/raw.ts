import { inTenant } from '@stockade/database';
import type { Kysely } from 'kysely';
import { findRaw } from '../messages/queries.ts';
import { decodeRaw } from '../messages/raw-codec.ts';
import type { EmailScanningDb } from '../tables.ts';

/** A message's raw bytes; null when it is gone. */
export async function readStored(
  db: Kysely<EmailScanningDb>,
  tenantId: string,
  messageId: string,
): Promise<Buffer | null> {
  const stored = await inTenant(db, tenantId, (trx) => findRaw(trx, messageId), { readOnly: true });
  return stored ? decodeRaw({ codec: stored.codec, bytes: stored.body }) : null;
}
