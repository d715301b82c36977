import { setTimeout as delay } from 'node:timers/promises';
import { queues } from '@stockade/contracts';
import { poolSizes, surviveLostConnections } from '@stockade/database';
import {
  createPostgresBackend,
  createRedisBackend,
  type Job,
  type JobsOptions,
  Queue,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import type { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from 'pino';
import type { JobData } from './job-data.ts';
import { keepWorking, type RunningWorker } from './keep-working.ts';

export type EventJob = Job<JobData>;

export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  /** The connection on which commands fail at once when Redis is away; null on PostgreSQL. */
  readonly redis: Redis | null;
  /** From so many jobs on it is cheaper to add them with one call than each with its own. */
  readonly bulkFrom: number;
  queue(name: string): Queue<JobData>;
  /** Works a queue off from now on, also when it cannot be reached at first. */
  worker(name: string, process: (job: EventJob) => Promise<void>, concurrency: number): RunningWorker;
  /** Throws when the queues cannot be asked. */
  check(): Promise<{ status: 'ok'; details: { kind: string } }>;
  close(): Promise<void>;
}

export interface QueueBackendOptions {
  /** Of PostgreSQL, direct: LISTEN and the queues' sessions do not go through PgBouncer. */
  directUrl: string;
  redisUrl?: string | undefined;
  applicationName: string;
  log: Pick<Logger, 'warn'>;
  /** The first wait before an event is tried again, in ms; doubled each time up to 30 s. */
  backoffMs?: number;
}

/** Practically without end: failures are counted in our own table, so that a worker's death never ends a job. */
const unlimited = 1_000_000;
const maxBackoffMs = 30_000;
const prefix = '{stockade}';

export const jobOptions: JobsOptions = {
  attempts: unlimited,
  backoff: { type: 'custom' },
  removeOnComplete: true,
  removeOnFail: false,
};

function workerOptions(concurrency: number, backoffMs: number): Omit<WorkerOptions, 'connection'> {
  return {
    autorun: false,
    concurrency,
    lockDuration: 10_000,
    stalledInterval: 5_000,
    // A failed job's wait is not announced to a worker that already sleeps: on PostgreSQL this is what it may cost.
    drainDelay: 1,
    maxStalledCount: unlimited,
    settings: {
      // Half fixed, half chance: retries of many events do not come in one wave.
      backoffStrategy: (attempts) => {
        const waitMs = Math.min(maxBackoffMs, backoffMs * 2 ** Math.min(attempts - 1, 16));
        return Math.round(waitMs * (0.5 + Math.random() / 2));
      },
    },
  };
}

/** The queues of a process, on Redis where there is one, else in PostgreSQL's schema `bullmq` over one pool. */
export async function createQueueBackend(options: QueueBackendOptions): Promise<QueueBackend> {
  if (!options.redisUrl) return postgresBackend(options);
  // Loaded where it is used: seven megabytes in every process.
  const ioredis = await import('ioredis');
  return redisBackend(options, options.redisUrl, ioredis.Redis);
}

const closeMs = 2_000;

/** Opens queues once each, and closes what was opened: workers first, so that running jobs end. */
function openings(open: (name: string) => Queue<JobData>, log: QueueBackendOptions['log']) {
  const opened = new Map<string, Queue<JobData>>();
  const workers: RunningWorker[] = [];
  const watch = <E extends Queue<JobData> | Worker<JobData>>(emitter: E): E => {
    // Without a listener an outage would end the process. It is told where it hinders work, and only once.
    (emitter as { on(event: 'error', listener: (error: Error) => void): unknown }).on('error', (error) =>
      log.warn({ reason: error.message }, 'The queue backend has a problem'),
    );
    return emitter;
  };
  return {
    queue(name: string) {
      let queue = opened.get(name);
      if (!queue) {
        const fresh = watch(open(name));
        queue = fresh;
        opened.set(name, fresh);
        // One of BullMQ's whose first connection fails never works: whoever asks next gets another.
        fresh.waitUntilReady().catch(() => {
          if (opened.get(name) === fresh) opened.delete(name);
          return fresh.close().catch(() => {});
        });
      }
      return queue;
    },
    addWorker(open: () => Worker<JobData>) {
      const worker = keepWorking(() => watch(open()), log);
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()));
      const closed = Promise.allSettled([...opened.values()].map((queue) => queue.close()));
      // One whose connection broke while it was being made would wait until it is back.
      const timer = new AbortController();
      const late = delay(closeMs, undefined, { signal: timer.signal }).catch(() => {});
      await Promise.race([closed, late]);
      timer.abort();
    },
  };
}

/**
 * A pool as BullMQ uses it, but for its errors: every queue and worker would listen to them and never stop, and we do that
 * once for all.
 */
const withoutErrors = (pool: pg.Pool) => ({
  options: pool.options,
  connect: () => pool.connect(),
  query: (text: string, params?: unknown[]) => pool.query(text, params),
  end: () => pool.end(),
  on: () => {},
});

function postgresBackend({
  directUrl,
  applicationName,
  log,
  backoffMs = 500,
}: QueueBackendOptions): QueueBackend {
  // Each worker keeps one connection for LISTEN; the rest serves queries.
  // Its commits do not wait for the disk, and nothing is lost by that: decision 0017.
  const pool = new pg.Pool({
    connectionString: directUrl,
    application_name: `${applicationName}-queues`,
    options: '-c search_path=bullmq -c synchronous_commit=off',
    max: poolSizes.queues,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  surviveLostConnections(pool, (error) =>
    log.warn({ reason: error.message }, 'A connection of the queues was lost'),
  );
  const connection = withoutErrors(pool);
  const open = openings(
    (name) => new Queue<JobData>(name, { connection } as never, createPostgresBackend as never),
    log,
  );
  return {
    kind: 'postgres',
    redis: null,
    // Measured: the bulk statement takes 6 ms of PostgreSQL whatever it adds, a single job 0.8 to 1.4 ms.
    bulkFrom: 6,
    queue: open.queue,
    worker: (name, process, concurrency) =>
      open.addWorker(
        () =>
          new Worker<JobData>(
            name,
            process,
            { ...workerOptions(concurrency, backoffMs), connection } as never,
            createPostgresBackend as never,
          ),
      ),
    async check() {
      await pool.query('select 1');
      return { status: 'ok', details: { kind: 'postgres' } };
    },
    async close() {
      await open.close();
      await pool.end();
    },
  };
}

const retryStrategy = (times: number) => Math.min(2_000, 50 * 2 ** times);

function redisBackend(
  { applicationName, log, backoffMs = 500 }: QueueBackendOptions,
  url: string,
  Client: typeof Redis,
): QueueBackend {
  const quiet = (redis: Redis) =>
    redis.on('error', (error) => log.warn({ reason: error.message }, 'Redis cannot be reached'));
  // Producers fail at once while Redis is away (the outbox keeps what they have); workers wait for it.
  const producer = new Client(url, {
    connectionName: applicationName,
    maxRetriesPerRequest: 1,
    commandTimeout: 5_000,
    retryStrategy,
  });
  const consumer = new Client(url, {
    connectionName: applicationName,
    maxRetriesPerRequest: null,
    retryStrategy,
    lazyConnect: true,
  });
  quiet(producer);
  quiet(consumer);
  const open = openings(
    (name) =>
      new Queue<JobData>(
        name,
        { connection: producer as never, prefix } as never,
        createRedisBackend as never,
      ),
    log,
  );
  return {
    kind: 'redis',
    redis: producer,
    // One pipeline instead of a round trip each.
    bulkFrom: 2,
    queue: open.queue,
    worker: (name, process, concurrency) =>
      open.addWorker(
        () =>
          new Worker<JobData>(
            name,
            process,
            { ...workerOptions(concurrency, backoffMs), connection: consumer as never, prefix },
            createRedisBackend as never,
          ),
      ),
    async check() {
      await producer.ping();
      return { status: 'ok', details: { kind: 'redis' } };
    },
    async close() {
      await open.close();
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** The queue in which a queue's dead letters can be seen with BullMQ's own tools. */
export const deadQueue = (queue: string) => `${queue}.dead`;

export const allQueues: readonly string[] = queues.flatMap((queue) => [queue, deadQueue(queue)]);
