import { countDropped, removeInBatches } from '@stockade/database';
import { type Kysely, sql } from 'kysely';
import { deadQueue, type QueueBackend } from './backend.ts';
import { mirrorDeadLetters } from './dead-letters.ts';
import type { MessagingTables } from './tables.ts';

const outboxDays = 8;
const inboxDays = 30;
const deadLetterDays = 7;
const deleteBatch = 5_000;
const deadLetterBatch = 500;
const minuteMs = 60_000;

interface Periodic<T> {
  name: string;
  everyMs: number;
  run(service: { systemDb: unknown }): Promise<T>;
}

/** What keeps the messaging tables from growing for ever; harmless when several replicas do it at once. */
export function messagingCleanUps(backend: QueueBackend): Periodic<number>[] {
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
  ];
}

/** What is done for the queues from time to time. */
export const messagingTasks = (backend: QueueBackend): Periodic<void>[] => [
  {
    name: 'dead-letter-mirror',
    everyMs: 5_000,
    run: ({ systemDb }) => mirrorDeadLetters(systemDb, backend),
  },
];

/** In batches, so that no lock is held for long. */
export async function deletePublished(db: Kysely<MessagingTables>): Promise<number> {
  return removeInBatches(
    db,
    (limit) => sql`
      delete from outbox where (tenant_id, id) in (
        select tenant_id, id from outbox where published_at < now() - make_interval(days => ${outboxDays})
        order by published_at limit ${limit} for update skip locked)`,
    deleteBatch,
  );
}

/** Makes the partitions of the days to come and drops those whose events nobody can deliver any more. */
export async function rollInbox(db: Kysely<MessagingTables>): Promise<number> {
  await sql`select ensure_inbox_partitions(7)`.execute(db);
  const dropped = await countDropped(db, 'inbox', () =>
    sql`select drop_inbox_partitions(current_date - ${inboxDays}::int)`.execute(db),
  );
  const strays = await sql`delete from inbox where occurred_on < current_date - ${inboxDays}::int`.execute(
    db,
  );
  const failures =
    await sql`delete from delivery_failures where updated_at < now() - make_interval(days => ${inboxDays})`.execute(
      db,
    );
  return dropped + Number((strays.numAffectedRows ?? 0n) + (failures.numAffectedRows ?? 0n));
}

export async function deleteOldDeadLetters(
  db: Kysely<MessagingTables>,
  backend: QueueBackend,
): Promise<number> {
  for (let removed = 0; ; ) {
    const { rows } = await sql<{ queue: string; id: string }>`
      delete from dead_letters where (tenant_id, queue, id) in (
        select tenant_id, queue, id from dead_letters
        where failed_at < now() - make_interval(days => ${deadLetterDays}) limit ${deadLetterBatch})
      returning queue, id`.execute(db);
    for (const { queue, id } of rows) await backend.queue(deadQueue(queue)).remove(id);
    removed += rows.length;
    if (rows.length < deadLetterBatch) return removed;
  }
}
