import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const agent = new Agent({ keepAlive: false });

/** The status of a GET, or 0 when there is no answer within 2 s. */
export function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const call = request(url, { agent, headers, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(0));
    call.end();
  });
}

/** Waits until a process says that it is ready; rejects when the start is given up or takes longer than `timeoutMs`. */
export async function untilReady(
  name: string,
  port: number,
  signal: AbortSignal,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let status = 0;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    status = await statusOf(`http://127.0.0.1:${port}/health/ready`);
    if (status === 200) return;
    await sleep(40, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  const last = status === 0 ? 'it does not answer' : `its readiness answers ${status}`;
  throw new Error(`${name} was not ready after ${timeoutMs / 1000} s (${last})`);
}
