import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@stockade/testing/stack';

export interface Sending {
  /** Names the run: the messages' source. */
  run: string;
  senders: number;
  ratePerMinute: number;
  seconds: number;
}

export interface Sent {
  accepted: number;
  shed: number;
  shedWithoutRetryAfter: number;
  failed: number;
  /** Milliseconds, as the senders saw them. */
  acceptP95: number;
  verdictP95: number;
}

interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

/** Lets k6 send mail; throws when it could not run. */
export async function send(stack: Stack, { run, senders, ratePerMinute, seconds }: Sending): Promise<Sent> {
  const folder = await mkdtemp(join(tmpdir(), 'stockade-k6-'));
  const summary = join(folder, 'summary.json');
  const k6 = spawn('k6', ['run', '--quiet', '--log-output=none', join(import.meta.dirname, 'senders.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      STOCKADE_URL: stack.url,
      STOCKADE_API_KEY: stack.credentials.apiKey,
      SENDERS: String(senders),
      RATE: String(ratePerMinute),
      SECONDS: String(seconds),
      SUMMARY: summary,
      RUN: run,
      K6_NO_USAGE_REPORT: 'true',
    },
  });
  try {
    const missing = once(k6, 'error').then(() => {
      throw new Error('k6 is not on the PATH: go install go.k6.io/k6@v1.8.1');
    });
    await Promise.race([once(k6, 'close'), missing]);
    return toSent(JSON.parse(await readFile(summary, 'utf8')));
  } finally {
    k6.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

function toSent({ metrics }: Summary): Sent {
  const value = (metric: string, name: string) => metrics[metric]?.values[name] ?? 0;
  return {
    accepted: value('mail_accepted', 'count'),
    shed: value('mail_shed', 'count'),
    shedWithoutRetryAfter: value('mail_shed_without_retry_after', 'count'),
    failed: value('mail_failed', 'count'),
    acceptP95: value('mail_accept_ms', 'p(95)'),
    verdictP95: value('mail_verdict_ms', 'p(95)'),
  };
}
