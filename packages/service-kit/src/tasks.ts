import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from './call.ts';
import type { TaskMetrics } from './task-metrics.ts';

interface Periodic<S, T> {
  readonly name: string;
  readonly everyMs: number;
  /** What takes long ends soon after the signal: the process waits for it before it ends. */
  run(service: S, signal: AbortSignal): Promise<T>;
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
  const stop = new AbortController();
  const loops = tasks.map(async (task) => {
    while (!stop.signal.aborted) {
      const began = performance.now();
      try {
        const removed = await task.run(service, stop.signal);
        metrics.done(task.name, performance.now() - began, typeof removed === 'number' ? removed : undefined);
      } catch (error) {
        metrics.failed(task.name, performance.now() - began);
        service.log.error({ err: error, task: task.name }, 'A periodic task failed; it is tried again');
      }
      await delay(task.everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
  });
  return async () => {
    stop.abort();
    await Promise.all(loops);
  };
}
