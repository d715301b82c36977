import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, statusOf } from './http-status.ts';

export interface Waiting extends Place {
  name: string;
  /** Gives up when aborted. */
  signal: AbortSignal;
  timeoutMs?: number;
}

/** Waits until a process says that it is ready. */
export async function untilReady({ name, signal, timeoutMs = 120_000, ...place }: Waiting): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let status = 0;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    status = await statusOf(place, '/health/ready');
    if (status === 200) return;
    await sleep(40);
  }
  const last = status === 0 ? 'it does not answer' : `its readiness answers ${status}`;
  throw new Error(`${name} was not ready after ${timeoutMs / 1000} s (${last})`);
}
