import { newId } from '@stockade/database';
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { QueueBackend } from './backend.ts';
import type { MessagingTables } from './tables.ts';

interface RepublisherOptions {
  db: Kysely<MessagingTables>;
  schema: string;
  backend: QueueBackend;
  log: Pick<Logger, 'warn'>;
}

interface State {
  kind: string;
  marker: string;
  run_id: string;
}

/** By a clock that never steps: what was set back would not look again until it has caught up. */
const checkEveryMs = 2_000;

/**
 * Notices queues that are not those which the outbox was published to: an emptied, restarted, failed-over or replaced
 * Redis, or a switch between the backends. Then the retained outbox is published again; consumers' inboxes make that
 * harmless. In PostgreSQL the queues live and die with the outbox, and only the switch has to be noticed.
 */
export function createRepublisher({ db, schema, backend, log }: RepublisherOptions): () => Promise<void> {
  const key = `{stockade}:relay:${schema}`;
  let checkedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - checkedAt < checkEveryMs) return;
    const state = await db.selectFrom('relay_state').select(['kind', 'marker', 'run_id']).executeTakeFirst();
    const found = await look(backend, key);
    if (
      !state ||
      state.kind !== backend.kind ||
      state.run_id !== found.runId ||
      (backend.redis && state.marker !== found.marker)
    ) {
      const marker = await republishAll(db, { kind: backend.kind, run_id: found.runId });
      await backend.redis?.set(key, marker);
      if (state)
        log.warn({ kind: backend.kind }, 'The queues were replaced: retained events are published again');
    }
    checkedAt = performance.now();
  };
}

async function look({ redis }: QueueBackend, key: string): Promise<{ runId: string; marker: string | null }> {
  if (!redis) return { runId: '', marker: null };
  const [marker, info] = await Promise.all([redis.get(key), redis.info('server')]);
  return { marker, runId: /run_id:([0-9a-f]+)/.exec(info)?.[1] ?? '' };
}

/** First the database, then the marker in Redis: a death in between only publishes once more. */
async function republishAll(
  db: Kysely<MessagingTables>,
  { kind, run_id }: Omit<State, 'marker'>,
): Promise<string> {
  const marker = newId();
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('relay_state')
      .values({ kind, marker, run_id })
      .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ kind, marker, run_id }))
      .execute();
    await sql`update outbox set published_at = null where published_at is not null`.execute(trx);
    await sql`update dead_letters set mirrored_at = null where mirrored_at is not null and status = 'dead'`.execute(
      trx,
    );
  });
  return marker;
}
