import { readdirSync } from 'node:fs';

export interface Sample {
  seconds: number;
  rss: number;
  heap: number;
  threads: number;
}

/** Threads of this process; where the system does not tell (no /proc), 0. */
function threadCount(): number {
  try {
    return readdirSync('/proc/self/task').length;
  } catch {
    return 0;
  }
}

export function sample(startedAt: number): Sample {
  const { rss, heapUsed } = process.memoryUsage();
  return { seconds: (performance.now() - startedAt) / 1_000, rss, heap: heapUsed, threads: threadCount() };
}

const warmUpShare = 0.2;

/**
 * By how much a value grew over the run, in percent: the mean of the last third of the samples against that of the first
 * third, after warming up.
 */
export function growth(samples: readonly Sample[], value: (sample: Sample) => number): number {
  const steady = samples.slice(Math.floor(samples.length * warmUpShare)).map(value);
  const third = Math.max(1, Math.floor(steady.length / 3));
  const mean = (part: number[]) => part.reduce((sum, one) => sum + one, 0) / Math.max(part.length, 1);
  const first = mean(steady.slice(0, third));
  return first === 0 ? 0 : (100 * (mean(steady.slice(-third)) - first)) / first;
}
