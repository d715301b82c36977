import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Target {
  name: string;
  url: string;
  headers: Record<string, string>;
}

/** As many requests as a proxy answers, over 32 connections. Throws when one of them was no 200. */
export async function throughput({ url, headers, name }: Target, seconds: number): Promise<number> {
  const given = Object.entries(headers).flatMap(([key, value]) => ['-H', `${key}: ${value}`]);
  const { stdout } = await run('wrk', ['-t1', '-c32', `-d${seconds}s`, ...given, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${name} failed calls:\n${stdout}`);
  return Number(/Requests\/sec: +([\d.]+)/.exec(stdout)?.[1]);
}

export interface Latency {
  /** Milliseconds. */
  p50: number;
  p99: number;
  failed: number;
}

/** How long answers take when so many requests a second come in, whatever the answers take. */
export async function latency(
  { url, headers }: Target,
  perSecond: number,
  seconds: number,
): Promise<Latency> {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-k6-'));
  const summary = join(folder, 'summary.json');
  const k6 = spawn('k6', ['run', '--quiet', '--log-output=none', join(import.meta.dirname, 'arrivals.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      TARGET: url,
      HEADERS: JSON.stringify(headers),
      RATE: String(perSecond),
      SECONDS: String(seconds),
      SUMMARY: summary,
      K6_NO_USAGE_REPORT: 'true',
    },
  });
  try {
    await once(k6, 'close');
    const { metrics } = JSON.parse(await readFile(summary, 'utf8'));
    const { med, 'p(99)': p99 } = metrics.http_req_duration.values;
    return { p50: med, p99, failed: metrics.http_req_failed.values.passes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
