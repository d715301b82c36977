import { setTimeout as delay } from 'node:timers/promises';
import {
  batchedQueues,
  changesChannel,
  type EventEnvelope,
  formatChanges,
  type QueueName,
  queues,
  queuesFor,
  type ServiceName,
} from '@stockade/contracts';
import { listen, newId } from '@stockade/database';
import type { JobsOptions, Queue } from 'bullmq';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { jobOptions, type QueueBackend } from './backend.ts';
import { type JobData, pack } from './job-data.ts';
import { relayMetrics } from './metrics.ts';
import { onNews } from './news.ts';
import { createRepublisher } from './republish.ts';
import { withPublishSpan } from './spans.ts';
import type { MessagingTables } from './tables.ts';
import { eventsOf } from './work.ts';

export interface RelayOptions {
  systemDb: unknown;
  directUrl: string;
  /** The service's schema: its outbox and the channel that tells of news in it. */
  schema: string;
  backend: QueueBackend;
  log: Pick<Logger, 'warn' | 'info'>;
  registry?: Registry;
}

export interface Relay {
  stop(): Promise<void>;
}

/** Rows; each holds up to 200 events. */
const batchSize = 100;
const pollMs = 1_000;
/** Under load events go out together, this far apart: what costs is the batch, here and at every consumer. */
const apartMs = 100;
const maxBackoffMs = 5_000;
/** With so many jobs in a queue nothing is published again: all of eight days may be more than Redis can hold. */
const mostWaiting = 50_000;
/** For the queues to take a batch; and when the process ends. */
const answerMs = 15_000;
const hurryMs = 2_500;

/**
 * Brings what the outbox holds into the queues: woken by news of this process or by NOTIFY, once a second in any case. Several relays share the
 * work by SKIP LOCKED. An event may be published twice (a death between the queue and the commit), never not at all.
 */
export async function startRelay({
  systemDb,
  directUrl,
  schema,
  backend,
  log,
  registry,
}: RelayOptions): Promise<Relay> {
  const db = systemDb as Kysely<MessagingTables>;
  const metrics = registry ? relayMetrics(registry, db, backend) : null;
  const republisher = createRepublisher({ db, schema, backend, log });
  const stop = new AbortController();
  const hurry = new AbortController();
  let wake = () => {};
  // News that come while a batch is under way must not be slept over.
  let news = false;
  const hear = () => {
    news = true;
    wake();
  };
  const endNews = onNews(hear);
  const listener = listen({
    url: directUrl,
    channel: `${schema}_outbox`,
    applicationName: `stockade-${schema}-relay`,
    onNotification: hear,
    onState: hear,
    log,
  });

  const rest = async (ms: number) => {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const timer = new AbortController();
    await Promise.race([
      woken,
      delay(ms, undefined, { signal: AbortSignal.any([stop.signal, timer.signal]) }).catch(() => {}),
    ]);
    timer.abort();
  };

  const pause = async (ms: number) => {
    if (ms > 0) await delay(ms, undefined, { signal: stop.signal }).catch(() => {});
  };

  const loop = async () => {
    for (let failures = 0; !stop.signal.aborted; ) {
      try {
        const began = performance.now();
        news = false;
        await republisher.look();
        const published = await publishBatch(db, schema, backend, hurry.signal);
        metrics?.published(published.events);
        if (failures > 0) log.info('Events go out again');
        failures = 0;
        const again =
          republisher.isBehind && (await hasRoom(backend, hurry.signal))
            ? await republisher.republishSome((rows) => enqueueRows(backend, rows, hurry.signal))
            : 0;
        if (published.rows === batchSize || again > 0) continue;
        if (published.rows > 0) await pause(apartMs - (performance.now() - began));
        if (!news) await rest(pollMs);
      } catch (error) {
        if (failures++ === 0) log.warn({ err: error }, 'Events cannot go out; they wait in the outbox');
        await delay(Math.min(maxBackoffMs, 100 * 2 ** failures), undefined, { signal: stop.signal }).catch(
          () => {},
        );
      }
    }
  };
  const running = loop();
  return {
    async stop() {
      stop.abort();
      wake();
      const timer = setTimeout(() => hurry.abort(new Error('the relay is stopped')), hurryMs);
      await running;
      clearTimeout(timer);
      endNews();
      await listener.stop();
      // What was committed while the rest of the process ended.
      await publishBatch(db, schema, backend, AbortSignal.timeout(hurryMs)).catch(() => {});
    },
  };
}

/** Publishes the oldest waiting events, and tells whose data they change. */
async function publishBatch(
  db: Kysely<MessagingTables>,
  schema: string,
  backend: QueueBackend,
  hurry: AbortSignal,
) {
  return db.transaction().execute(async (trx) => {
    const rows = await lockBatch(trx);
    if (rows.length === 0) return { rows: 0, events: 0 };
    const events = await enqueueRows(backend, rows, hurry);
    await sql`
      update outbox set published_at = now()
      where (tenant_id, id) in (select * from unnest(${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[]))`.execute(
      trx,
    );
    // Once for a whole batch: of commits that notify only one can run at a time.
    await sql`select pg_notify(${changesChannel}, ${changesOf(schema, rows)})`.execute(trx);
    return { rows: rows.length, events };
  });
}

const inTime = (hurry: AbortSignal) => AbortSignal.any([hurry, AbortSignal.timeout(answerMs)]);

async function hasRoom(backend: QueueBackend, hurry: AbortSignal): Promise<boolean> {
  const counts = Promise.all(queues.map((name) => backend.queue(name).getWaitingCount()));
  const waiting = await orAborted(counts, inTime(hurry));
  return Math.max(...waiting) < mostWaiting;
}

/** Puts what rows of the outbox hold into the queues of whoever consumes it, and gives how many events that were. */
async function enqueueRows(
  backend: QueueBackend,
  rows: readonly { payload: unknown }[],
  hurry: AbortSignal,
): Promise<number> {
  const signal = inTime(hurry);
  const events = rows.flatMap(({ payload }) => eventsOf(payload));
  for (const [queue, known] of byQueue(events))
    await orAborted(addJobs(backend, backend.queue(queue), toJobs(queue, known)), signal);
  return events.length;
}

const changesOf = (schema: string, rows: readonly { tenant_id: string }[]) =>
  formatChanges({
    service: schema.replaceAll('_', '-') as ServiceName,
    tenantIds: [...new Set(rows.map((row) => row.tenant_id))],
  });

async function addJobs(
  { bulkFrom }: QueueBackend,
  queue: Queue<JobData>,
  jobs: readonly QueuedJob[],
): Promise<void> {
  if (jobs.length >= bulkFrom) await queue.addBulk([...jobs]);
  else for (const { name, data, opts } of jobs) await queue.add(name, data, opts);
}

/**
 * A queue whose connection breaks while it is being made never answers, not even with an error, before it is back: nobody
 * waits for that inside a transaction. What it carries out after all is what comes twice.
 */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function lockBatch(trx: Transaction<MessagingTables>) {
  return trx
    .selectFrom('outbox')
    .select(['tenant_id', 'id', 'payload'])
    .where('published_at', 'is', null)
    .orderBy('seq')
    .limit(batchSize)
    .forUpdate()
    .skipLocked()
    .execute();
}

function byQueue(events: readonly EventEnvelope[]): Map<QueueName, EventEnvelope[]> {
  const queues = new Map<QueueName, EventEnvelope[]>();
  for (const event of events) {
    for (const queue of queuesFor(event.type)) {
      const list = queues.get(queue);
      if (list) list.push(event);
      else queues.set(queue, [event]);
    }
  }
  return queues;
}

interface QueuedJob {
  name: string;
  data: JobData;
  opts: JobsOptions;
}

/** A job is named after its event, so that publishing it again while it waits adds nothing. */
function toJobs(queue: QueueName, events: readonly EventEnvelope[]): QueuedJob[] {
  const spanned = events.map((event) => withPublishSpan(queue, event));
  const eventsPerJob = batchedQueues.get(queue);
  if (eventsPerJob === undefined) {
    return spanned.map((event) => ({
      name: event.type,
      data: { events: [event] },
      opts: { ...jobOptions, jobId: event.id },
    }));
  }
  const jobs: QueuedJob[] = [];
  for (let at = 0; at < spanned.length; at += eventsPerJob) {
    jobs.push({
      name: 'batch',
      data: pack(spanned.slice(at, at + eventsPerJob)),
      opts: { ...jobOptions, jobId: newId() },
    });
  }
  return jobs;
}
