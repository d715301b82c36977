import { setTimeout as delay } from 'node:timers/promises';
import type { EventEnvelope } from '@stockade/contracts';
import type { Logger } from '../logger.ts';
import type { Entry } from './entry.ts';

export interface OutboxQueueOptions {
  /** Writes events into the outbox in one go. Called again with the very same ones when it failed: it must not double them. */
  store(events: EventEnvelope[]): Promise<void>;
  log: Pick<Logger, 'warn' | 'info'>;
}

export interface OutboxQueue {
  /** Whether there was room for it. */
  add(entry: Entry): boolean;
  /** Writes what waits, and gives up after so long. Nothing is taken afterwards. */
  close(timeoutMs: number): Promise<void>;
}

const maxWaiting = 2_000;
const batchSize = 200;
/** Entries that come together are written together. */
const gatherMs = 100;
const maxBackoffMs = 5_000;

/** What waits between the calls and the database: bounded, and no call ever waits for it. */
export function createOutboxQueue({ store, log }: OutboxQueueOptions): OutboxQueue {
  const waiting: EventEnvelope[] = [];
  const stop = new AbortController();
  let closing = false;
  let running: Promise<void> | undefined;

  const pause = (ms: number) => delay(ms, undefined, { signal: stop.signal, ref: false }).catch(() => {});

  const work = async () => {
    if (!closing) await pause(gatherMs);
    for (let failures = 0; waiting.length > 0; ) {
      // Until it is written a batch stays as it is: written twice, it is found there.
      const batch = waiting.slice(0, batchSize);
      while (!(await written(batch, failures))) {
        if (stop.signal.aborted) return;
        await pause(Math.min(maxBackoffMs, 100 * 2 ** failures++));
      }
      if (failures > 0) log.info('Security events are written down again');
      failures = 0;
      waiting.splice(0, batch.length);
    }
  };

  const written = async (batch: EventEnvelope[], failures: number) => {
    try {
      await store(batch);
      return true;
    } catch (error) {
      if (failures === 0) log.warn({ err: error }, 'Security events cannot be written down: they wait');
      return false;
    }
  };

  const start = () => {
    running ??= work().finally(() => {
      running = undefined;
    });
  };

  return {
    add({ event }) {
      if (closing || waiting.length >= maxWaiting) return false;
      waiting.push(event);
      start();
      return true;
    },
    async close(timeoutMs) {
      closing = true;
      const timer = new AbortController();
      await Promise.race([running, delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => {})]);
      timer.abort();
      stop.abort();
      if (waiting.length > 0)
        log.warn({ entries: waiting.length }, 'Security events could not be written down');
    },
  };
}
