import type { EventEnvelope } from '@stockade/contracts';
import { type Kysely, sql } from 'kysely';
import { deadQueue, jobOptions, type QueueBackend } from './backend.ts';
import type { MessagingTables } from './tables.ts';

export interface DeadLetter {
  id: string;
  queue: string;
  tenantId: string;
  type: string;
  reason: string;
  failures: number;
  failedAt: Date;
  status: 'dead' | 'replayed' | 'discarded';
  resolvedAt: Date | null;
  resolvedBy: string | null;
  note: string | null;
}

interface ListOptions {
  queue: string;
  status?: DeadLetter['status'] | undefined;
  limit: number;
  beforeId: string | null;
}

const columns = [
  'id',
  'queue',
  'tenant_id as tenantId',
  'type',
  'reason',
  'failures',
  'failed_at as failedAt',
  'status',
  'resolved_at as resolvedAt',
  'resolved_by as resolvedBy',
  'note',
] as const;

type AnyDb = Kysely<MessagingTables>;

/** Newest first, one more than `limit`, across tenants. */
export function listDeadLetters(
  systemDb: unknown,
  { queue, status, limit, beforeId }: ListOptions,
): Promise<DeadLetter[]> {
  let query = (systemDb as AnyDb)
    .selectFrom('dead_letters')
    .select(columns)
    .where('queue', '=', queue)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (status) query = query.where('status', '=', status);
  if (beforeId) query = query.where('id', '<', beforeId);
  return query.execute();
}

export async function findDeadLetter(
  systemDb: unknown,
  queue: string,
  id: string,
): Promise<(DeadLetter & { event: unknown }) | undefined> {
  return (systemDb as AnyDb)
    .selectFrom('dead_letters')
    .select([...columns, 'event'])
    .where('queue', '=', queue)
    .where('id', '=', id)
    .executeTakeFirst();
}

interface Resolution {
  queue: string;
  id: string;
  /** Who resolves it. */
  by: string;
  note?: string | undefined;
}

/** Gives null when there is no such letter, and the letter's state when it is resolved already. */
export type ResolutionResult = DeadLetter | { resolved: DeadLetter['status'] } | null;

/**
 * Puts a dead letter's event into its queue again. The letter is locked until then, so that an event that dies once more
 * is a dead letter again, whatever the timing. A job that still has the event's id is removed first: it would
 * keep it from being added.
 */
export function replayDeadLetter(
  systemDb: unknown,
  backend: QueueBackend,
  resolution: Resolution,
): Promise<ResolutionResult> {
  return resolve(systemDb, backend, resolution, 'replayed', async (event) => {
    const queue = backend.queue(resolution.queue);
    await queue.remove(event.id);
    await queue.add(event.type, { events: [event] }, { ...jobOptions, jobId: event.id });
  });
}

/** Gives a dead letter up: its event will not be handled. */
export function discardDeadLetter(
  systemDb: unknown,
  backend: QueueBackend,
  resolution: Resolution,
): Promise<ResolutionResult> {
  return resolve(systemDb, backend, resolution, 'discarded', async () => {});
}

function resolve(
  systemDb: unknown,
  backend: QueueBackend,
  { queue, id, by, note }: Resolution,
  status: 'replayed' | 'discarded',
  effect: (event: EventEnvelope) => Promise<void>,
): Promise<ResolutionResult> {
  return (systemDb as AnyDb).transaction().execute(async (trx) => {
    const letter = await trx
      .selectFrom('dead_letters')
      .select(['status', 'event', 'tenant_id'])
      .where('queue', '=', queue)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!letter) return null;
    if (letter.status !== 'dead') return { resolved: letter.status };
    const resolved = await trx
      .updateTable('dead_letters')
      .set({ status, resolved_at: sql`now()`, resolved_by: by, note: note ?? null, mirrored_at: null })
      .where('tenant_id', '=', letter.tenant_id)
      .where('queue', '=', queue)
      .where('id', '=', id)
      .returning(columns)
      .executeTakeFirstOrThrow();
    await effect(letter.event as EventEnvelope);
    await backend.queue(deadQueue(queue)).remove(id);
    return resolved;
  });
}

const mirrorBatch = 200;

/** Fills `<queue>.dead` from the table, which is the record: an emptied Redis loses no dead letter. */
export async function mirrorDeadLetters(systemDb: unknown, backend: QueueBackend): Promise<void> {
  await (systemDb as AnyDb).transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('dead_letters')
      .select(['tenant_id', 'id', 'queue', 'type', 'event'])
      .where('status', '=', 'dead')
      .where('mirrored_at', 'is', null)
      .limit(mirrorBatch)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const [queue, letters] of Map.groupBy(rows, (row) => row.queue)) {
      const jobs = letters.map((row) => ({
        name: row.type,
        data: { events: [row.event as EventEnvelope] },
        opts: { jobId: row.id },
      }));
      await backend.queue(deadQueue(queue)).addBulk(jobs);
    }
    if (rows.length === 0) return;
    await trx
      .updateTable('dead_letters')
      .set({ mirrored_at: sql`now()` })
      .where(
        'id',
        'in',
        rows.map((row) => row.id),
      )
      .execute();
  });
}
