import { countDropped, removeInBatches } from '@stockade/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { References } from '../engine/index.ts';
import { lookupsOf } from '../feeds/indicator.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** Messages are scanned again for so many days. */
export const rescanDays = 30;
const daysAhead = 7;

export interface MessageReferences {
  messageId: string;
  references: References;
}

/**
 * Notes by what messages are found again when a feed comes to know of it; with their verdicts, in one statement for all.
 * Written twice, it stands once.
 */
export async function insertReferences(
  db: Db,
  { tenantId, now }: { tenantId: string; now: Date },
  messages: readonly MessageReferences[],
): Promise<void> {
  const rows = messages.flatMap(({ messageId, references }) =>
    [...lookupsOf(references).keys()].map((hash) => ({ messageId, hash })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into message_references (tenant_id, message_id, hash, day)
    select ${tenantId}::uuid, r.message_id, r.hash, ${now.toISOString().slice(0, 10)}::date
    from unnest(${rows.map((row) => row.messageId)}::uuid[], ${rows.map((row) => String(row.hash))}::bigint[])
      as r(message_id, hash)
    on conflict do nothing`.execute(db);
}

/** Makes the partitions of the days to come and drops those of mail that is not scanned again; for the system role. */
export async function rollReferences(systemDb: Kysely<EmailScanningDb>): Promise<number> {
  const dropped = await countDropped(systemDb, 'message_references', () =>
    sql`select roll_message_references(${rescanDays}, ${daysAhead})`.execute(systemDb),
  );
  const strays = await removeInBatches(
    systemDb,
    (limit) => sql`
      delete from message_references where (tenant_id, hash, message_id, day) in (
        select tenant_id, hash, message_id, day from message_references
        where day < current_date - ${rescanDays}::int limit ${limit})`,
  );
  return dropped + strays;
}
