import { type EventEnvelope, queues } from '@stockade/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { QueueBackend } from './backend.ts';
import type { Outcome } from './process.ts';
import type { MessagingTables } from './tables.ts';

/** What a relay tells: what it published, what waits in the outbox and since when, and what waits in the queues. */
export function relayMetrics(registry: Registry, db: Kysely<MessagingTables>, backend: QueueBackend) {
  const published = new Counter({
    name: 'outbox_published_total',
    help: 'Events put into queues',
    registers: [registry],
  });
  new Gauge({
    name: 'outbox_waiting',
    help: 'Events committed and not yet published',
    registers: [registry],
    async collect() {
      const found = await sql<{ n: number; age: number }>`
        select count(*)::int as n, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age
        from (select created_at from outbox where published_at is null order by seq limit 100000) waiting`.execute(
        db,
      );
      this.set(found.rows[0]?.n ?? 0);
      oldest.set(found.rows[0]?.age ?? 0);
    },
  });
  const oldest = new Gauge({
    name: 'outbox_oldest_seconds',
    help: 'Age of the oldest event not yet published',
    registers: [registry],
  });
  deadLetters(registry, db);
  queueDepth(registry, backend);
  return { published: (events: number) => published.inc(events) };
}

/** What somebody has to look into; infra/prometheus/queues.rules.yml wakes them. */
function deadLetters(registry: Registry, db: Kysely<MessagingTables>): void {
  // Each asks for itself: what one gauge sets in another comes a scrape too late.
  const gauge = (name: string, help: string, value: RawBuilder<number>) =>
    new Gauge({
      ...{ name, help, labelNames: ['queue'], registers: [registry] },
      async collect() {
        const rows = await db
          .selectFrom('dead_letters')
          .select(['queue', value.as('value')])
          .where('status', '=', 'dead')
          .groupBy('queue')
          .execute();
        this.reset();
        for (const row of rows) this.set({ queue: row.queue }, row.value);
      },
    });
  gauge('dead_letters_open', 'Dead letters that nobody replayed or discarded', sql`count(*)::int`);
  gauge(
    'dead_letters_oldest_seconds',
    'Age of the oldest dead letter that nobody replayed or discarded',
    sql`extract(epoch from now() - min(failed_at))::float8`,
  );
}

function queueDepth(registry: Registry, backend: QueueBackend): void {
  new Gauge({
    name: 'queue_jobs',
    help: 'Jobs in a queue by state',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      await Promise.all(
        queues.map(async (queue) => {
          const counts = await backend.queue(queue).getJobCounts('waiting', 'active', 'delayed', 'failed');
          for (const [state, n] of Object.entries(counts)) this.set({ queue, state }, n);
        }),
      );
    },
  });
}

/** What a process's consumers tell: events by outcome, and how long their handling takes. */
export function consumerMetrics(registry: Registry) {
  const processed = new Counter({
    name: 'events_processed_total',
    help: 'Events that were worked on, by outcome',
    labelNames: ['queue', 'type', 'outcome'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'event_duration_seconds',
    help: 'Time to handle one event, or one batch of them',
    labelNames: ['queue'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    observe(queue: string, events: readonly EventEnvelope[], outcomes: readonly Outcome[], seconds: number) {
      duration.observe({ queue }, seconds);
      for (const [at, outcome] of outcomes.entries())
        processed.inc({ queue, type: events[at]?.type ?? 'unknown', outcome });
    },
  };
}
