// `npm run bench:footprint`: how much memory all of Stockade's Node processes take, idle and (where k6 is) under the
// story's load, and how long each took to start. Exits with 1 above the limits.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { styleText } from 'node:util';
import { type RunningProcess, type Stack, startStack } from '@stockade/testing/stack';

const limitsMb = { idle: 900, loaded: 1_100 };
const idleSeconds = 15;
const root = resolve(import.meta.dirname, '..');

interface Footprint {
  name: string;
  pid: number;
  rssMb: number;
  startSeconds: number | null;
}

/** Resident set size; shared pages count in each process, so the sum is more than the machine gives. */
async function rssOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}

async function startTimeOf({ metricsPort }: RunningProcess): Promise<number | null> {
  const text = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then((answer) => answer.text());
  const value = /^process_start_duration_seconds\S* (\S+)$/m.exec(text)?.[1];
  return value ? Number(value) : null;
}

async function measure(stack: Stack): Promise<Footprint[]> {
  const files = await readdir(join(stack.home, 'run'));
  const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
  const processes = await Promise.all(
    names.sort().map(async (name) => {
      const found = await stack.process(name);
      return { name, pid: found.pid, rssMb: await rssOf(found.pid), startSeconds: await startTimeOf(found) };
    }),
  );
  const launcher = stack.launcher.pid ?? 0;
  return [
    { name: 'launcher', pid: launcher, rssMb: await rssOf(launcher), startSeconds: null },
    ...processes,
  ];
}

const sum = (rows: readonly Footprint[]) => rows.reduce((total, row) => total + row.rssMb, 0);

function print(rows: readonly Footprint[]): void {
  const line = (name: string, rss: string, start: string) =>
    process.stdout.write(`  ${name.padEnd(16)}${rss.padStart(9)}${start.padStart(12)}\n`);
  line('process', 'RSS', 'started in');
  for (const { name, rssMb, startSeconds } of rows) {
    line(name, `${rssMb.toFixed(0)} MB`, startSeconds === null ? '' : `${startSeconds.toFixed(2)} s`);
  }
}

function judge(what: keyof typeof limitsMb, mb: number): boolean {
  const good = mb <= limitsMb[what];
  const text = `${what}: ${mb.toFixed(0)} MB of at most ${limitsMb[what]} MB`;
  process.stdout.write(`${good ? styleText('green', `✓ ${text}`) : styleText('red', `✗ ${text}`)}\n`);
  return good;
}

/** The greatest sum while k6 runs the story's calls, or null without k6. */
async function measureUnderLoad(stack: Stack): Promise<number | null> {
  const k6 = spawn('k6', ['run', '--quiet', join(root, 'load-tests/story.js')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      PATH: `${process.env.PATH}${delimiter}${join(root, '.tools/ci')}`,
      STOCKADE_URL: stack.url,
      STOCKADE_API_KEY: stack.credentials.apiKey,
      DURATION_SECONDS: '20',
      K6_NO_USAGE_REPORT: 'true',
    },
  });
  const ended = once(k6, 'close').then(
    () => true,
    () => false,
  );
  let most = 0;
  for (;;) {
    const over = await Promise.race([ended, delay(500)]);
    if (over === false) return null;
    if (over) return most;
    most = Math.max(most, sum(await measure(stack)));
  }
}

const closers: (() => unknown)[] = [];
process.stdout.write('starting Stockade …\n');
const began = performance.now();
const stack = await startStack({ teardown: (close) => closers.unshift(close) });
process.stdout.write(
  `ready after ${((performance.now() - began) / 1_000).toFixed(1)} s; idle for ${idleSeconds} s …\n\n`,
);
await delay(idleSeconds * 1_000);
const idle = await measure(stack);
print(idle);
process.stdout.write('\n');
let good = judge('idle', sum(idle));
const loaded = await measureUnderLoad(stack);
if (loaded === null) process.stdout.write('- under load: not measured, k6 is not on the PATH\n');
else good = judge('loaded', loaded) && good;
for (const close of closers) await close();
process.exit(good ? 0 : 1);
