import type { EventEnvelope } from '@stockade/contracts';
import { type Kysely, sql, type Transaction } from 'kysely';
import { deadQueue, jobOptions, type QueueBackend } from './backend.ts';
import { columns, type DeadLetter, type DeadLetterFilter, matching } from './dead-letters.ts';
import { enterInbox } from './inbox.ts';
import type { MessagingTables } from './tables.ts';
import { type Caller, runWork } from './work.ts';

type Db = Kysely<MessagingTables>;

/** What resolving dead letters needs of a process. */
export interface ResolutionParts {
  /** As the app role: each letter is changed in its tenant's own transaction. */
  db: unknown;
  systemDb: unknown;
  backend: QueueBackend;
}

export interface Resolution {
  to: 'replayed' | 'discarded';
  /** `inventory.dead-letter.discard`: what the audit entries are called. */
  action: string;
  caller: Caller;
  note?: string | undefined;
}

/** How many letters one call resolves at most, and one transaction. */
const mostAtOnce = 1_000;
const perTransaction = 100;

/**
 * Resolves dead letters, oldest first, at most a thousand: replayed ones go into their queue again, discarded ones are given
 * up. Each is audited in its tenant's log, in the transaction that changes it. What somebody else resolves at the same time is
 * left to them.
 */
export async function resolveDeadLetters(
  { db, systemDb, backend }: ResolutionParts,
  filter: DeadLetterFilter,
  resolution: Resolution,
): Promise<DeadLetter[]> {
  const found = await matching(systemDb as Db, { ...filter, status: 'dead' })
    .select(['tenant_id', 'id'])
    .orderBy('id')
    .limit(mostAtOnce)
    .execute();
  const resolved: DeadLetter[] = [];
  for (const [tenantId, letters] of Map.groupBy(found, (letter) => letter.tenant_id)) {
    const ids = letters.map(({ id }) => id);
    const caller = { ...resolution.caller, tenantId };
    for (let at = 0; at < ids.length; at += perTransaction) {
      const some = { queue: filter.queue, ids: ids.slice(at, at + perTransaction) };
      resolved.push(...(await resolveOfTenant(db as Db, backend, some, { ...resolution, caller })));
    }
  }
  return resolved;
}

function resolveOfTenant(
  db: Db,
  backend: QueueBackend,
  { queue, ids }: { queue: string; ids: string[] },
  { to, action, caller, note }: Resolution,
): Promise<DeadLetter[]> {
  return runWork(db, caller, async (work) => {
    const events = await lockDead(work.trx, queue, ids);
    if (events.length === 0) return [];
    const resolved = await work.trx
      .updateTable('dead_letters')
      .set({
        ...{ status: to, resolved_at: sql`now()`, resolved_by: caller.actor.name },
        ...{ note: note ?? null, mirrored_at: null },
      })
      .where('tenant_id', '=', caller.tenantId)
      .where('queue', '=', queue)
      .where(
        'id',
        'in',
        events.map(({ id }) => id),
      )
      .returning(columns)
      .execute();
    for (const { id } of resolved) {
      const status = { before: 'dead', after: to };
      work.audit({
        action,
        target: { type: 'dead-letter', id },
        changes: { status, ...(note ? { note: { before: null, after: note } } : {}) },
      });
    }
    if (to === 'replayed') await queueAgain(backend, queue, events);
    // An event may be published again for as long as the outbox has it; what was given up must not happen then.
    else
      await enterInbox(
        work.trx,
        queue,
        caller.tenantId,
        resolved.map(({ id }) => id),
      );
    for (const { id } of resolved) await backend.queue(deadQueue(queue)).remove(id);
    return resolved;
  });
}

/** Locked until the event is in its queue, so that one that dies once more is a dead letter again, whatever the timing. */
async function lockDead(trx: Transaction<MessagingTables>, queue: string, ids: string[]) {
  const rows = await trx
    .selectFrom('dead_letters')
    .select(['id', 'event'])
    .where('queue', '=', queue)
    .where('id', 'in', ids)
    .where('status', '=', 'dead')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id, event }) => ({ id, event: event as EventEnvelope }));
}

/** A job that still has the event's id is removed first: it would keep it from being added. */
async function queueAgain(
  backend: QueueBackend,
  queueName: string,
  letters: readonly { id: string; event: EventEnvelope }[],
): Promise<void> {
  const queue = backend.queue(queueName);
  for (const { id } of letters) await queue.remove(id);
  await queue.addBulk(
    letters.map(({ id, event }) => ({
      name: String(event.type),
      data: { events: [event] },
      opts: { ...jobOptions, jobId: id },
    })),
  );
}
