import type { MessageDelivery } from '@stockade/contracts/email-scanning';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** Of a message's further deliveries so many are kept. */
const maxKept = 50;

export interface Repeat {
  messageId: string;
  sourceId?: string;
  source: string | undefined;
  envelopeFrom: string | undefined;
  envelopeTo: readonly string[];
  clientIp: string | undefined;
  receivedAt: Date;
}

/** Notes that messages came again. Of two at the very same moment one may not be noted. */
export async function recordRepeats(db: Db, tenantId: string, repeats: readonly Repeat[]): Promise<void> {
  for (const repeat of repeats) {
    await sql`
      insert into message_deliveries
        (tenant_id, message_id, no, source_id, source, envelope_from, envelope_to, client_ip, received_at)
      select ${tenantId}, ${repeat.messageId}, coalesce(max(no), 0) + 1, ${repeat.sourceId ?? null}::uuid,
        ${repeat.source ?? null}, ${repeat.envelopeFrom ?? null}, ${repeat.envelopeTo}, ${repeat.clientIp ?? null},
        ${repeat.receivedAt}
      from message_deliveries where message_id = ${repeat.messageId}
      having coalesce(max(no), 0) < ${maxKept}
      on conflict do nothing`.execute(db);
  }
}

/** All the ways in which a message came, the first first; undefined when there is no such message. */
export async function listDeliveries(db: Db, messageId: string): Promise<MessageDelivery[] | undefined> {
  const first = await db
    .selectFrom('messages')
    .select(['source_id', 'source', 'envelope_from', 'envelope_to', 'received_at'])
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (!first) return undefined;
  const repeats = await db
    .selectFrom('message_deliveries')
    .select(['source_id', 'source', 'envelope_from', 'envelope_to', 'received_at'])
    .where('message_id', '=', messageId)
    .orderBy('no')
    .execute();
  return [first, ...repeats].map((row) => ({
    sourceId: row.source_id,
    source: row.source,
    envelopeFrom: row.envelope_from,
    envelopeTo: row.envelope_to,
    receivedAt: row.received_at.toISOString(),
  }));
}
