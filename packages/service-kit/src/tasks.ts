import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from './call.ts';
import type { TaskMetrics } from './task-metrics.ts';

interface Periodic<S, T> {
  readonly name: string;
  readonly everyMs: number;
  /** So many runs at once in a process that found something to do; 1 unless told. */
  readonly lanes?: number;
  /**
   * What takes long ends soon after the signal: the process waits for it before it ends. What works things off one by one
   * calls `found` as soon as it has one: it is then looked for the next without the wait, and beside it where there are
   * lanes, so that only one looks however many could work.
   */
  run(service: S, signal: AbortSignal, found?: () => void): Promise<T>;
}

/** Something that a process does again and again. It must be harmless when several replicas do it at once. */
export type Task<DB> = Periodic<Service<DB>, void>;

/** A task that removes what is over, and gives how much that was: rows, or partitions that were dropped whole. */
export type CleanUp<DB> = Periodic<Service<DB>, number>;

/** Starts the tasks; each waits for its own end before it begins again. The function given back stops them. */
export function startTasks<S extends Pick<Service<unknown>, 'log'>>(
  tasks: readonly (Periodic<S, void> | Periodic<S, number>)[],
  service: S,
  metrics: TaskMetrics,
): () => Promise<void> {
  type Running = (typeof tasks)[number];
  const stop = new AbortController();

  async function runOnce(task: Running, found: () => void): Promise<void> {
    const began = performance.now();
    try {
      const removed = await task.run(service, stop.signal, found);
      metrics.done(task.name, performance.now() - began, typeof removed === 'number' ? removed : undefined);
    } catch (error) {
      metrics.failed(task.name, performance.now() - began);
      service.log.error({ err: error, task: task.name }, 'A periodic task failed; it is tried again');
    }
  }

  const loops = tasks.map(async (task) => {
    const running = new Set<Promise<void>>();
    while (!stop.signal.aborted) {
      const found = Promise.withResolvers<boolean>();
      const run = runOnce(task, () => found.resolve(true)).finally(() => {
        running.delete(run);
        found.resolve(false);
      });
      running.add(run);
      if (!(await found.promise))
        await delay(task.everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      else if (running.size >= (task.lanes ?? 1)) await Promise.race(running);
    }
    await Promise.all(running);
  });
  return async () => {
    stop.abort();
    await Promise.all(loops);
  };
}
