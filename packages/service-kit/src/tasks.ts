import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from './call.ts';

/** Something that a process does again and again. It must be harmless when several replicas do it at once. */
export interface Task<DB> {
  readonly name: string;
  readonly everyMs: number;
  /** What takes long ends soon after the signal: the process waits for it before it ends. */
  run(service: Service<DB>, signal: AbortSignal): Promise<void>;
}

/** Starts the tasks; each waits for its own end before it begins again. The function given back stops them. */
export function startTasks<DB>(tasks: readonly Task<DB>[], service: Service<DB>): () => Promise<void> {
  const stop = new AbortController();
  const loops = tasks.map(async (task) => {
    while (!stop.signal.aborted) {
      try {
        await task.run(service, stop.signal);
      } catch (error) {
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
