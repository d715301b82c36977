import type { EventEnvelope } from '@stockade/contracts';
import { createDatabase, poolSizes, schemaName } from '@stockade/database';
import {
  announce,
  createQueueBackend,
  deletePublished,
  insertOutbox,
  type MessagingTables,
  type QueueBackend,
  startRelay,
} from '@stockade/messaging';
import type { TaskMetrics } from '@stockade/service-kit/task-metrics';
import { startTasks } from '@stockade/service-kit/tasks';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config.ts';

export interface EventStore {
  /** Writes events into the outbox; the same ones again change nothing. */
  store(events: EventEnvelope[]): Promise<void>;
  /** The queues that it publishes to. */
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

const cleanUpMs = 10 * 60_000;

/** The outbox grows with every event: what is published goes, as in every service. */
function startCleanUp(db: Kysely<MessagingTables>, log: Logger, metrics: TaskMetrics): () => Promise<void> {
  const task = { name: 'published-outbox', everyMs: cleanUpMs, run: () => deletePublished(db) };
  return startTasks([task], { log }, metrics);
}

/** The gateway's outbox and its relay to the audit. The edge does not depend on them: without a database it goes on. */
export async function openEventStore(
  config: GatewayConfig,
  log: Logger,
  metrics: TaskMetrics,
): Promise<EventStore> {
  const { DATABASE_SYSTEM_URL: url, DATABASE_DIRECT_URL: directUrl = url, REDIS_URL: redisUrl } = config;
  const applicationName = 'stockade-gateway-events';
  const database = createDatabase<MessagingTables>({
    ...{ url, applicationName, log },
    max: poolSizes.gatewayEvents,
    slowQueryMs: config.SLOW_QUERY_MS,
  });
  const backend = await createQueueBackend({ directUrl, redisUrl, applicationName, log });
  const relay = await startRelay({
    ...{ systemDb: database.db, directUrl, schema: schemaName('gateway'), backend, log },
  });
  const endCleanUp = startCleanUp(database.db, log, metrics);
  return {
    backend,
    async store(events) {
      await database.db.transaction().execute((trx) => insertOutbox(trx, events));
      announce(database.db);
    },
    async close() {
      await endCleanUp();
      await relay.stop();
      await backend.close();
      await database.close();
    },
  };
}
