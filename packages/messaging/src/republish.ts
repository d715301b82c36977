import { newId } from '@stockade/database';
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { QueueBackend } from './backend.ts';
import type { MessagingTables } from './tables.ts';

interface RepublisherOptions {
  db: Kysely<MessagingTables>;
  schema: string;
  backend: QueueBackend;
  log: Pick<Logger, 'warn' | 'info'>;
}

export interface RetainedRow {
  payload: unknown;
}

export interface Republisher {
  /** Looks, every two seconds, whether the queues are those which the outbox was published to. */
  look(): Promise<void>;
  /** Whether they were not, and not all that they may have held is published again. */
  readonly isBehind: boolean;
  /**
   * Publishes the next of the retained events again, oldest first, and gives how many rows that were. It ends with what had
   * been published when the queues were found replaced.
   */
  republishSome(publish: (rows: readonly RetainedRow[]) => Promise<unknown>): Promise<number>;
}

/** By a clock that never steps: what was set back would not look again until it has caught up. */
const lookEveryMs = 2_000;
/** Of several relays of a service one publishes again; when it dies, another begins anew after so long. */
const claimMs = 20_000;
const batchSize = 100;

/** In one step: between a look at the claim and the marker Redis could be emptied. */
const claimToMarker = `
if redis.call('get', KEYS[2]) == ARGV[1] then
  redis.call('set', KEYS[1], ARGV[2])
  redis.call('del', KEYS[2])
end`;

/** One time through the retained outbox, in the order in which it was published. */
interface Pass {
  readonly id: string;
  readonly runId: string;
  /** As PostgreSQL writes them: a Date has no microseconds. */
  readonly until: string;
  after: { at: string; seq: string };
  rows: number;
}

/**
 * Notices queues that are not those which the outbox was published to: an emptied, restarted, failed-over or replaced
 * Redis, or a switch between the backends. Then the retained outbox is published again; consumers' inboxes make that
 * harmless. In PostgreSQL the queues live and die with the outbox, and only the switch has to be noticed.
 *
 * Eight days of events are too many for one statement, and new ones must not wait for them: they go out in batches between
 * the new ones, and that it is done is stored at the end. A death on the way only publishes more of them once more.
 */
export function createRepublisher({ db, schema, backend, log }: RepublisherOptions): Republisher {
  const { redis, kind } = backend;
  const key = `{stockade}:relay:${schema}`;
  const claimKey = `${key}:republishing`;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let pass: Pass | undefined;

  async function begin(runId: string, id: string, isFirst: boolean): Promise<void> {
    const { rows } = await sql<{ now: string }>`select now()::text as now`.execute(db);
    await sql`update dead_letters set mirrored_at = null where mirrored_at is not null and status = 'dead'`.execute(
      db,
    );
    pass = { id, runId, until: rows[0]?.now ?? '', after: { at: '-infinity', seq: '0' }, rows: 0 };
    if (!isFirst) log.warn({ kind }, 'The queues were replaced: retained events are published again');
  }

  /**
   * First the database, then the marker in Redis: a death in between only publishes once more, and so does a Redis that was
   * emptied meanwhile, with the claim in it.
   */
  async function end({ id, runId, rows }: Pass): Promise<void> {
    const state = { kind, marker: newId(), run_id: runId };
    await db
      .insertInto('relay_state')
      .values(state)
      .onConflict((conflict) => conflict.column('only_row').doUpdateSet(state))
      .execute();
    await redis?.eval(claimToMarker, 2, key, claimKey, id, state.marker);
    pass = undefined;
    if (rows > 0) log.info({ kind, rows }, 'All retained events were published again');
  }

  return {
    async look() {
      if (performance.now() - lookedAt < lookEveryMs) return;
      const state = await db
        .selectFrom('relay_state')
        .select(['kind', 'marker', 'run_id'])
        .executeTakeFirst();
      const found = await ask(backend, key, claimKey);
      const isKnown =
        state?.kind === kind && state.run_id === found.runId && (!redis || state.marker === found.marker);
      if (isKnown) pass = undefined;
      else if (!redis) {
        if (!pass) await begin('', newId(), !state);
      } else {
        const isClaimed = pass !== undefined && found.claim === pass.id;
        const id = pass?.id ?? newId();
        const claimed = isClaimed
          ? await redis.set(claimKey, id, 'PX', claimMs, 'XX')
          : await redis.set(claimKey, id, 'PX', claimMs, 'NX');
        // Another relay is at it, or was until it died.
        if (claimed === null) pass = undefined;
        // Emptied or restarted since this pass began: what it published may be lost as well.
        else if (!isClaimed || pass?.runId !== found.runId) await begin(found.runId, id, !state);
      }
      lookedAt = performance.now();
    },
    get isBehind() {
      return pass !== undefined;
    },
    async republishSome(publish) {
      if (!pass) return 0;
      const now = pass;
      const rows = await retainedRows(db, now);
      if (rows.length > 0) await publish(rows);
      const last = rows.at(-1);
      if (last) now.after = { at: last.at, seq: last.seq };
      now.rows += rows.length;
      if (rows.length < batchSize) await end(now);
      return rows.length;
    },
  };
}

async function ask({ redis }: QueueBackend, key: string, claimKey: string) {
  if (!redis) return { runId: '', marker: null, claim: null };
  const [[marker, claim], info] = await Promise.all([redis.mget(key, claimKey), redis.info('server')]);
  return { marker, claim, runId: /run_id:([0-9a-f]+)/.exec(info)?.[1] ?? '' };
}

async function retainedRows(db: Kysely<MessagingTables>, { until, after }: Pass) {
  // The first comparison is for the index, which is of the time alone.
  const { rows } = await sql<RetainedRow & { at: string; seq: string }>`
    select payload, published_at::text as at, seq from outbox
    where published_at >= ${after.at}::timestamptz and published_at <= ${until}::timestamptz
      and (published_at, seq) > (${after.at}::timestamptz, ${after.seq}::bigint)
    order by published_at, seq limit ${batchSize}`.execute(db);
  return rows;
}
