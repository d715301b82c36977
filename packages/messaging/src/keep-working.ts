import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'bullmq';
import type { Logger } from 'pino';

export interface RunningWorker {
  /** Takes no new jobs and waits for those at work. */
  close(): Promise<void>;
}

const waitMs = { first: 250, longest: 5_000 };

/**
 * Has a worker work until it is closed. One of BullMQ's whose first connection fails never works, however long it lives:
 * so whichever does not begin, or ends by itself, is replaced by another. `open` gives one that does not run yet.
 */
export function keepWorking(open: () => Worker, log: Pick<Logger, 'warn'>): RunningWorker {
  const stop = new AbortController();
  let current: { worker: Worker; isReady: boolean } | undefined;
  const loop = async () => {
    for (let failures = 0; !stop.signal.aborted; failures++) {
      const now = { worker: open(), isReady: false };
      current = now;
      try {
        await now.worker.waitUntilReady();
        now.isReady = true;
        failures = 0;
        await now.worker.run();
      } catch (error) {
        if (failures === 0 && !stop.signal.aborted)
          log.warn({ err: error, queue: now.worker.name }, 'A worker could not begin; another one is tried');
      }
      if (stop.signal.aborted) return;
      await now.worker.close(true).catch(() => {});
      const wait = Math.min(waitMs.longest, waitMs.first * 2 ** failures) * (0.5 + Math.random() / 2);
      await delay(wait, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  void loop();
  return {
    async close() {
      stop.abort();
      // What never began has nothing to wait for, and would wait for its connection.
      await current?.worker.close(!current.isReady);
    },
  };
}
