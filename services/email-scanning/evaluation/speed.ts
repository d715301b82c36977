import type { Engine } from '../src/engine/index.ts';

/** What a run over messages took. */
export interface Speed {
  messages: number;
  seconds: number;
  /** CPU of the process with all its threads, for each message. */
  cpuMs: number;
  /** Milliseconds from handing a message in to its verdict, sorted. */
  latencies: Float64Array;
}

/** Has messages examined, so many at a time. `step` is called after each. */
export async function measure(
  engine: Engine,
  raws: readonly Uint8Array[],
  concurrency: number,
  step: () => void,
): Promise<Speed> {
  const latencies = new Float64Array(raws.length);
  const before = process.cpuUsage();
  const started = performance.now();
  const next = raws.entries();
  const lanes = Array.from({ length: concurrency }, async () => {
    for (const [at, raw] of next) {
      const from = performance.now();
      await engine.examine(raw);
      latencies[at] = performance.now() - from;
      step();
    }
  });
  await Promise.all(lanes);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return {
    messages: raws.length,
    seconds,
    cpuMs: (user + system) / 1_000 / Math.max(raws.length, 1),
    latencies: latencies.sort(),
  };
}

/** The value below which the given share of sorted values lies. */
export const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
