import type { EventEnvelope } from '@stockade/contracts';
import { type Kysely, sql } from 'kysely';
import { deadQueue, type QueueBackend } from './backend.ts';
import { maskedEvent } from './masked.ts';
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

/** Which letters of a queue; what is not given does not matter. */
export interface DeadLetterFilter {
  queue: string;
  ids?: readonly string[] | undefined;
  status?: DeadLetter['status'] | undefined;
  tenantId?: string | undefined;
  type?: string | undefined;
  /** When they died: from, inclusive, to, exclusive; RFC 3339. */
  failedFrom?: string | undefined;
  failedTo?: string | undefined;
  /** A part of the error, in whatever case. */
  error?: string | undefined;
}

interface ListOptions extends DeadLetterFilter {
  limit: number;
  beforeId: string | null;
}

export const columns = [
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

/** What a LIKE pattern gives a meaning to is taken as it stands. */
const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** The letters that a filter means. */
export function matching(db: Kysely<MessagingTables>, filter: DeadLetterFilter) {
  const { queue, ids, status, tenantId, type, failedFrom, failedTo, error } = filter;
  let query = db.selectFrom('dead_letters').where('queue', '=', queue);
  if (ids) query = query.where('id', '=', sql<string>`any(${ids}::uuid[])`);
  if (status) query = query.where('status', '=', status);
  if (tenantId) query = query.where('tenant_id', '=', tenantId);
  if (type) query = query.where('type', '=', type);
  if (failedFrom) query = query.where('failed_at', '>=', new Date(failedFrom));
  if (failedTo) query = query.where('failed_at', '<', new Date(failedTo));
  if (error) query = query.where('reason', 'ilike', `%${literally(error)}%`);
  return query;
}

/** Newest first, one more than `limit`, across tenants. */
export function listDeadLetters(
  systemDb: unknown,
  { limit, beforeId, ...filter }: ListOptions,
): Promise<DeadLetter[]> {
  let query = matching(systemDb as AnyDb, filter)
    .select(columns)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (beforeId) query = query.where('id', '<', beforeId);
  return query.execute();
}

/** How many of those that are meant nobody replayed or discarded. */
export async function countDead(systemDb: unknown, filter: DeadLetterFilter): Promise<number> {
  const { n } = await matching(systemDb as AnyDb, { ...filter, status: 'dead' })
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

/** One letter with its event, masked. */
export async function findDeadLetter(
  systemDb: unknown,
  queue: string,
  id: string,
): Promise<(DeadLetter & { event: unknown }) | undefined> {
  const letter = await (systemDb as AnyDb)
    .selectFrom('dead_letters')
    .select([...columns, 'event'])
    .where('queue', '=', queue)
    .where('id', '=', id)
    .executeTakeFirst();
  return letter && { ...letter, event: maskedEvent(letter.event) };
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
