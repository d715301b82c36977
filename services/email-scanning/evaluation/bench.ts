// `npm run bench:scan [-- --minutes 30] [-- <corpus>]`: what the engine does a second over mail-dev with two threads, how
// long a message takes with eight at a time, and, with `--minutes`, whether its memory stays flat. Exits with 1 when a goal
// is missed and with 2 when the corpus is not there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ms, printTable, type Result, whole } from '../../../scripts/bench/table.ts';
import { createProgress } from '../src/cli/progress.ts';
import { createEngine, type Engine } from '../src/engine/index.ts';
import { NoCorpus, openCorpus } from '../training/corpus.ts';
import { growth, type Sample, sample } from './memory.ts';
import { measure, quantile, type Speed } from './speed.ts';

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string', default: '0' } },
  allowPositionals: true,
});
const threads = 2;
/** Passes over the corpus until the code of both threads is compiled: measured, the fourth is as fast as those after it. */
const warmUps = 3;
/** Enough waiting that no thread is ever without work. */
const deep = 32;
const goals = { perSecond: 1_000, p95Ms: 20, growthPercent: 5 };
const sampleEveryMs = 5_000;

async function load(): Promise<Uint8Array[]> {
  const corpus = await openCorpus(positionals[0]);
  try {
    return await Promise.all(corpus.entries.map(({ file }) => readFile(join(corpus.folder, file))));
  } finally {
    await corpus.close();
  }
}

async function timed(engine: Engine, raws: readonly Uint8Array[], concurrency: number): Promise<Speed> {
  const progress = createProgress(raws.length);
  const speed = await measure(engine, raws, concurrency, progress.step);
  progress.end();
  return speed;
}

function speedRow(
  what: string,
  speed: Speed,
  judge: (perSecond: number, p95: number) => Partial<Result>,
): Result {
  const perSecond = speed.messages / speed.seconds;
  const at = (share: number) => quantile(speed.latencies, share);
  const cells = {
    messages: whole(speed.messages),
    'a second': whole(perSecond),
    'CPU each': `${speed.cpuMs.toFixed(2)} ms`,
    ...{ p50: ms(at(0.5)), p95: ms(at(0.95)), max: ms(at(1)) },
  };
  return { what, cells, ...judge(perSecond, at(0.95)) };
}

async function speedResults(engine: Engine, raws: readonly Uint8Array[]): Promise<Result[]> {
  // A scanner runs for days: what is measured is how it runs once its code is compiled.
  for (let round = 0; round < warmUps; round++) await timed(engine, raws, deep);
  const full = await timed(engine, raws, deep);
  const eight = await timed(engine, raws, 8);
  const rows = [
    speedRow(`${threads} threads, never idle`, full, (perSecond) => ({
      goal: `≥ ${whole(goals.perSecond)}/s`,
      passed: perSecond >= goals.perSecond,
    })),
    speedRow('8 at a time', eight, (_, p95) => ({
      goal: `p95 ≤ ${goals.p95Ms} ms`,
      passed: p95 <= goals.p95Ms,
    })),
  ];
  printTable('Engine over mail-dev', ['messages', 'a second', 'CPU each', 'p50', 'p95', 'max'], rows);
  return rows;
}

const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

async function memoryResults(
  engine: Engine,
  raws: readonly Uint8Array[],
  minutes: number,
): Promise<Result[]> {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const timer = setInterval(() => samples.push(sample(startedAt)), sampleEveryMs);
  const progress = createProgress(Math.ceil(minutes * 60));
  let shown = 0;
  while (performance.now() - startedAt < minutes * 60_000) {
    await measure(engine, raws, 8, () => {
      const seconds = Math.floor((performance.now() - startedAt) / 1_000);
      for (; shown < seconds; shown++) progress.step();
    });
  }
  clearInterval(timer);
  progress.end();
  const row = (what: string, value: (sample: Sample) => number, show: (value: number) => string): Result => {
    const percent = growth(samples, value);
    const [first, last] = [samples[0], samples.at(-1)].map((one) => (one ? show(value(one)) : '–'));
    return {
      what,
      cells: { first: first ?? '–', last: last ?? '–', growth: `${percent.toFixed(1)}%` },
      goal: `< ${goals.growthPercent}%`,
      passed: percent < goals.growthPercent,
    };
  };
  const rows = [
    row('memory of the process', ({ rss }) => rss, mb),
    row('heap of the main thread', ({ heap }) => heap, mb),
    row('threads', (one) => one.threads, whole),
  ];
  printTable(`${minutes} minutes of scanning`, ['first', 'last', 'growth'], rows);
  return rows;
}

async function bench(): Promise<boolean> {
  const raws = await load();
  const engine = createEngine({ size: threads });
  try {
    const rows = await speedResults(engine, raws);
    const minutes = Number(values.minutes);
    if (minutes > 0) rows.push(...(await memoryResults(engine, raws, minutes)));
    return rows.every(({ passed }) => passed !== false);
  } finally {
    await engine.close();
  }
}

try {
  process.exitCode = (await bench()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoCorpus)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
