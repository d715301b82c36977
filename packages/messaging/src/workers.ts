import type { EventEnvelope } from '@stockade/contracts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { QueueBackend } from './backend.ts';
import type { Consumer } from './consumer.ts';
import { eventsOfJob } from './job-data.ts';
import { consumerMetrics } from './metrics.ts';
import { type Outcome, processBatch, processEvent } from './process.ts';

export interface ConsumersOptions<DB> {
  /** As the app role. */
  db: Kysely<DB>;
  backend: QueueBackend;
  log: Logger;
  registry?: Registry;
  consumers: readonly Consumer<DB>[];
  maxFailures?: number;
}

export interface Consumers {
  /** Takes no new jobs and waits for those at work. */
  stop(): Promise<void>;
}

/** Works the consumers' queues off in this process until it is stopped. */
export async function startConsumers<DB>({
  db,
  backend,
  log,
  registry,
  consumers,
  maxFailures = 5,
}: ConsumersOptions<DB>): Promise<Consumers> {
  const metrics = registry ? consumerMetrics(registry) : null;
  const workers = consumers.map((consumer) => {
    const options = { db, log, consumer, maxFailures };
    return backend.worker(
      consumer.queue,
      async (job) => {
        // One tenant's trouble keeps none of the others waiting: the job is tried again for it alone, as inboxes see to.
        let failure: unknown;
        for (const events of byTenant(eventsOfJob(job.data))) {
          const started = performance.now();
          try {
            const outcomes = await work(options, events);
            metrics?.observe(consumer.queue, events, outcomes, (performance.now() - started) / 1_000);
          } catch (error) {
            failure = error;
          }
        }
        if (failure) throw failure;
      },
      consumer.concurrency,
    );
  });
  return { stop: async () => void (await Promise.all(workers.map((worker) => worker.close()))) };
}

async function work<DB>(
  options: Parameters<typeof processEvent<DB>>[0],
  events: EventEnvelope[],
): Promise<Outcome[]> {
  const [first] = events;
  return first && events.length === 1 ? [await processEvent(options, first)] : processBatch(options, events);
}

/** A transaction belongs to one tenant: a job of many events is cut by tenant and type. */
function byTenant(events: readonly EventEnvelope[]): EventEnvelope[][] {
  return [...Map.groupBy(events, (event) => `${event.tenantId} ${event.type}`).values()];
}
