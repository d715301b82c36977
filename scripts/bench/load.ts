import { Agent, request } from 'node:http';

export interface Reply {
  status: number;
  body: string;
}

/** Sends JSON over kept connections; without a library between, so that the measured side has the machine. */
export function createClient(url: string, headers: Record<string, string>, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const send = (
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const outgoing = request(
        {
          ...{ agent, hostname, port, method, path },
          headers: text
            ? {
                ...headers,
                ...more,
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(text),
              }
            : { ...headers, ...more },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
          );
          answer.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  return { send, close: () => agent.destroy() };
}

export interface Sample {
  /** What was done a second. */
  rate: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
  done: number;
  failed: number;
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function summarise(times: readonly number[], seconds: number, failed = 0, weight = 1): Sample {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    rate: (times.length * weight) / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    done: times.length,
    failed,
  };
}

interface LoadOptions {
  workers: number;
  seconds: number;
  /** So many things are done by one call. */
  weight?: number;
}

/** Lets workers do `once` again and again for some seconds; `once` says whether it went well. */
export async function load(
  { workers, seconds, weight = 1 }: LoadOptions,
  once: (worker: number, round: number) => Promise<boolean>,
): Promise<Sample> {
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const until = started + seconds * 1_000;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let round = 0; performance.now() < until; round++) {
        const began = performance.now();
        if (await once(worker, round)) times.push(performance.now() - began);
        else failed++;
      }
    }),
  );
  return summarise(times, (performance.now() - started) / 1_000, failed, weight);
}
