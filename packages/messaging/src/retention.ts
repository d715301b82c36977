import { type Kysely, sql } from 'kysely';
import { deadQueue, type QueueBackend } from './backend.ts';
import { mirrorDeadLetters } from './dead-letters.ts';
import type { MessagingTables } from './tables.ts';

const outboxDays = 8;
const inboxDays = 30;
const deadLetterDays = 7;
const deleteBatch = 5_000;
const minuteMs = 60_000;

interface RetentionTask {
  name: string;
  everyMs: number;
  run(service: { systemDb: unknown }): Promise<void>;
}

/** What keeps the messaging tables from growing for ever; harmless when several replicas do it at once. */
export function retentionTasks(_service: string, backend: QueueBackend): RetentionTask[] {
  return [
    {
      name: 'published-outbox',
      everyMs: 10 * minuteMs,
      run: ({ systemDb }) => deletePublished(systemDb as Kysely<MessagingTables>),
    },
    {
      name: 'inbox-partitions',
      everyMs: 60 * minuteMs,
      run: ({ systemDb }) => rollInbox(systemDb as Kysely<MessagingTables>),
    },
    {
      name: 'old-dead-letters',
      everyMs: 60 * minuteMs,
      run: ({ systemDb }) => deleteOldDeadLetters(systemDb as Kysely<MessagingTables>, backend),
    },
    {
      name: 'dead-letter-mirror',
      everyMs: 5_000,
      run: ({ systemDb }) => mirrorDeadLetters(systemDb, backend),
    },
  ];
}

/** In batches, so that no lock is held for long. */
export async function deletePublished(db: Kysely<MessagingTables>): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from outbox where (tenant_id, id) in (
        select tenant_id, id from outbox where published_at < now() - make_interval(days => ${outboxDays})
        order by published_at limit ${deleteBatch} for update skip locked)`.execute(db);
    if (numAffectedRows < deleteBatch) return;
  }
}

/** Makes the partitions of the days to come and drops those whose events nobody can deliver any more. */
export async function rollInbox(db: Kysely<MessagingTables>): Promise<void> {
  await sql`select ensure_inbox_partitions(7)`.execute(db);
  await sql`select drop_inbox_partitions(current_date - ${inboxDays}::int)`.execute(db);
  await sql`delete from inbox where occurred_on < current_date - ${inboxDays}::int`.execute(db);
  await sql`delete from delivery_failures where updated_at < now() - make_interval(days => ${inboxDays})`.execute(
    db,
  );
}

export async function deleteOldDeadLetters(
  db: Kysely<MessagingTables>,
  backend: QueueBackend,
): Promise<void> {
  const { rows } = await sql<{ queue: string; id: string }>`
    delete from dead_letters where failed_at < now() - make_interval(days => ${deadLetterDays}) returning queue, id`.execute(
    db,
  );
  for (const { queue, id } of rows) await backend.queue(deadQueue(queue)).remove(id);
}
