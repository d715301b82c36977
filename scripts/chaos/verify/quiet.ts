import { setTimeout as delay } from 'node:timers/promises';
import type { Running } from '../world.ts';
import { openWork } from './open-work.ts';

/** A machine that many share is slow; but as long as it comes on, it is waited for. */
const stuckMs = 120_000;
const longestMs = 900_000;

const told = (open: Map<string, number>) => [...open].map(([what, n]) => `${n} ${what}`).join(', ');

/** Waits until nothing is under way any more, twice in a row. Gives what stays, when nothing of it changes any more. */
export async function untilQuiet(world: Running, note: (text: string) => void): Promise<string | null> {
  const started = Date.now();
  let changedAt = Date.now();
  let last = '';
  for (let quiet = 0; ; ) {
    const now = await openWork(world).then(told, (error: Error) => `(${error.message})`);
    quiet = now === '' ? quiet + 1 : 0;
    if (quiet === 2) return null;
    if (now !== last) {
      changedAt = Date.now();
      if (now !== '') note(`under way: ${now}`);
    }
    last = now;
    if (now !== '' && (Date.now() - changedAt > stuckMs || Date.now() - started > longestMs)) return now;
    await delay(1_500);
  }
}
