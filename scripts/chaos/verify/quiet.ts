import { setTimeout as delay } from 'node:timers/promises';
import type { Running } from '../world.ts';
import { openWork } from './open-work.ts';

/** A machine that many share is slow; but as long as it comes on, it is waited for. */
const stuckMs = 120_000;
const longestMs = 900_000;

const told = (open: Map<string, number>) => [...open].map(([what, n]) => `${n} ${what}`).join(', ');

/**
 * What an emptied Redis lost is noticed within 2 s, and a relay that had trouble rests for up to 5 s: as long as that all
 * seems quiet.
 */
const seemsQuietMs = 9_000;
const pollMs = 1_500;

/** Waits until nothing is under way any more, for a while. Gives what stays, when nothing of it changes any more. */
export async function untilQuiet(
  world: Running,
  note: (text: string) => void,
  quietMs = seemsQuietMs,
): Promise<string | null> {
  const started = Date.now();
  let changedAt = Date.now();
  let last = '';
  for (let quiet = 0; ; ) {
    const now = await openWork(world).then(told, (error: Error) => `(${error.message})`);
    quiet = now === '' ? quiet + 1 : 0;
    if (quiet > Math.max(1, quietMs / pollMs)) return null;
    if (now !== last) {
      changedAt = Date.now();
      if (now !== '') note(`under way: ${now}`);
    }
    last = now;
    if (now !== '' && (Date.now() - changedAt > stuckMs || Date.now() - started > longestMs)) return now;
    await delay(pollMs);
  }
}
