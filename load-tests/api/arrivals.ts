import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@stockade/testing/stack';
import { look, watched } from '../mail/machine.ts';

export interface Arriving {
  /** Calls a second, and for how long. */
  rate: number;
  seconds: number;
  /** Afterwards. */
  calmRate?: number;
  calmSeconds?: number;
}

export interface Arrived {
  accepted: number;
  shed: number;
  shedWithoutRetryAfter: number;
  failed: number;
  /** Movements that were acknowledged. */
  movements: number;
  /** What k6 could not even send: too many were waiting for their answers. */
  dropped: number;
  /** Milliseconds: of accepted calls, of shed ones, and of those later than ten seconds after the storm. */
  p95: number;
  shedP95: number;
  lateP95: number;
  lateFailures: number;
  /** Megabytes by process, once a second while it lasted. */
  memory: Map<string, number[]>;
}

export interface Goods {
  item: string;
  site: string;
}

type Summary = { metrics: Record<string, { values: Record<string, number> } | undefined> };

/** Lets calls arrive at a rate, and says what became of them. Throws when k6 could not run. */
export async function arrive(stack: Stack, goods: Goods, arriving: Arriving): Promise<Arrived> {
  const { rate, seconds, calmRate = 0, calmSeconds = 0 } = arriving;
  const folder = await mkdtemp(join(tmpdir(), 'stockade-k6-'));
  const summary = join(folder, 'summary.json');
  const k6 = spawn('k6', ['run', '--quiet', '--log-output=none', join(import.meta.dirname, 'arrivals.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      STOCKADE_URL: stack.url,
      STOCKADE_API_KEY: stack.credentials.apiKey,
      ...{ RATE: String(rate), SECONDS: String(seconds) },
      ...{ CALM_RATE: String(calmRate), CALM_SECONDS: String(calmSeconds) },
      ...{ ITEM: goods.item, SITE: goods.site, SUMMARY: summary, K6_NO_USAGE_REPORT: 'true' },
    },
  });
  const memory = new Map<string, number[]>(watched.map((name) => [name, []]));
  const looking = setInterval(() => void note(stack, memory), 1_000);
  try {
    const missing = once(k6, 'error').then(() => {
      throw new Error('k6 is not on the PATH: go install go.k6.io/k6@v1.8.1');
    });
    await Promise.race([once(k6, 'close'), missing]);
    return { ...toArrived(JSON.parse(await readFile(summary, 'utf8'))), memory };
  } finally {
    clearInterval(looking);
    k6.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

async function note(stack: Stack, memory: Map<string, number[]>): Promise<void> {
  const { processes } = await look(stack);
  for (const [name, { rssMb }] of processes) memory.get(name)?.push(rssMb);
}

function toArrived({ metrics }: Summary): Omit<Arrived, 'memory'> {
  const value = (metric: string, name: string) => metrics[metric]?.values[name] ?? 0;
  const count = (name: string) => value(`calls_${name}`, 'count');
  return {
    accepted: count('accepted'),
    shed: count('shed'),
    shedWithoutRetryAfter: count('shed_without_retry_after'),
    failed: count('failed'),
    movements: count('movements'),
    dropped: value('dropped_iterations', 'count'),
    p95: value('accepted_ms', 'p(95)'),
    shedP95: value('shed_ms', 'p(95)'),
    lateP95: value('late_ms', 'p(95)'),
    lateFailures: count('late_failures'),
  };
}
