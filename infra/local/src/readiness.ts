import { setTimeout as sleep } from 'node:timers/promises';
import { statusOf } from './http-status.ts';

export interface Waiting {
  name: string;
  port: number;
  /** Where it is asked; 127.0.0.1 unless told. */
  host?: string;
  /** Gives up when aborted. */
  signal: AbortSignal;
  timeoutMs?: number;
}

/** Waits until a process says that it is ready. */
export async function untilReady({ name, port, host, signal, timeoutMs = 120_000 }: Waiting): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let status = 0;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    status = await statusOf(port, '/health/ready', {}, host);
    if (status === 200) return;
    await sleep(40);
  }
  const last = status === 0 ? 'it does not answer' : `its readiness answers ${status}`;
  throw new Error(`${name} was not ready after ${timeoutMs / 1000} s (${last})`);
}
