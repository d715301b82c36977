import type { CleanUp } from '@stockade/service-kit';
import { type Kysely, sql } from 'kysely';
import type { AuditDb } from '../tables.ts';
import { removeExpiredEntries } from './remove.ts';

const hourMs = 3_600_000;
const monthsAhead = 3;
/** From then on the last checkpoint of a day is kept. */
const allCheckpointsDays = 30;
const checkpointBatch = 5_000;

/** Makes the months to come, and drops those whose entries are all removed. */
async function rollPartitions(systemDb: Kysely<AuditDb>): Promise<number> {
  await sql`select ensure_entry_partitions(${monthsAhead})`.execute(systemDb);
  const { rows } = await sql<{ n: number }>`select drop_empty_entry_partitions() as n`.execute(systemDb);
  return rows[0]?.n ?? 0;
}

async function thinCheckpoints(systemDb: Kysely<AuditDb>): Promise<number> {
  for (let removed = 0; ; ) {
    const { rows } = await sql<{ n: number }>`
      select thin_checkpoints(${allCheckpointsDays}, ${checkpointBatch}) as n`.execute(systemDb);
    const n = rows[0]?.n ?? 0;
    removed += n;
    if (n < checkpointBatch) return removed;
  }
}

export const auditCleanUps: readonly CleanUp<AuditDb>[] = [
  {
    name: 'expired-audit-entries',
    everyMs: hourMs,
    run: (service, signal) => removeExpiredEntries(service, signal),
  },
  { name: 'entry-partitions', everyMs: 6 * hourMs, run: ({ systemDb }) => rollPartitions(systemDb) },
  { name: 'old-checkpoints', everyMs: 6 * hourMs, run: ({ systemDb }) => thinCheckpoints(systemDb) },
];
