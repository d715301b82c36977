import { auditEntryRecorded, type EventEnvelope } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { packEvents, type QueueBackend } from '@stockade/messaging';

/** As many events as the relay puts into one job. */
export const eventsPerJob = 200;

/** The entry of a stock movement, the most frequent there is. */
export function movementEntry(tenantId: string, no: number): EventEnvelope {
  const at = new Date().toISOString();
  const [id, itemId, siteId] = [newId(), newId(), newId()];
  const noted = (after: unknown) => ({ before: null, after });
  return {
    ...{ id, type: auditEntryRecorded.type, tenantId, aggregateId: id, aggregateVersion: 0 },
    ...{ occurredAt: at, requestId: newId(), traceparent: null },
    payload: {
      ...{ occurredAt: at, onBehalfOf: newId(), ip: '192.0.2.17', requestId: newId(), traceId: null },
      actor: { type: 'api_key', id: newId(), name: 'Warehouse terminal' },
      ...{ action: 'inventory.movement.create', target: { type: 'movement', id } },
      changes: {
        ...{ type: noted('ISSUE'), itemId: noted(itemId), siteId: noted(siteId) },
        ...{ quantity: noted(`${1 + (no % 9)}`), reference: noted(`DOC-${no}`), occurredAt: noted(at) },
      },
    },
  };
}

/** Jobs as the relay puts them into the queue, packed: one tenant's each, the tenants in turn. */
export function makeJobs(tenantIds: readonly string[], entries: number) {
  return Array.from({ length: Math.ceil(entries / eventsPerJob) }, (_, job) =>
    packEvents(
      Array.from({ length: eventsPerJob }, (_, no) =>
        movementEntry(tenantIds[job % tenantIds.length] as string, no),
      ),
    ),
  );
}

type Process = Parameters<QueueBackend['worker']>[1];
type PackedJob = ReturnType<typeof packEvents>;

/**
 * A queue that always has the next job at hand, so that what is measured is the consumer. `done` hears of each job after
 * its commit.
 */
export function feedingBackend(jobs: readonly PackedJob[], done: (job: number) => void) {
  let next = 0;
  const loops: Promise<void>[] = [];
  const work = async (process: Process) => {
    for (let job = next++; job < jobs.length; job = next++) {
      await process({ data: jobs[job] } as Parameters<Process>[0]);
      done(job);
    }
  };
  const worker: QueueBackend['worker'] = (_name, process, concurrency) => {
    for (let at = 0; at < concurrency; at++) loops.push(work(process));
    return { close: async () => {} } as unknown as ReturnType<QueueBackend['worker']>;
  };
  return { backend: { worker } as QueueBackend, drained: async () => void (await Promise.all(loops)) };
}
