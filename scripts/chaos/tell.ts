import { styleText } from 'node:util';
import type { Fault } from './schedule.ts';

const colour = (format: Parameters<typeof styleText>[0], text: string) =>
  process.stdout.isTTY ? styleText(format, text) : text;

/** What a run tells while it goes on; each line with the time since the traffic began. */
export function createTeller(now: () => number) {
  const clock = () => {
    const seconds = Math.max(0, Math.floor(now() / 1_000));
    return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  };
  const say = (text: string) => process.stdout.write(`${colour('dim', clock())}  ${text}\n`);
  const skipped: string[] = [];
  return {
    say,
    /** What could not be tried here: it is told again in the end, as it did not pass. */
    skipped,
    note: (text: string) => say(colour('dim', text)),
    step: (text: string) => say(colour('bold', text)),
    fault: ({ what, target, forMs }: Fault) =>
      say(
        `${colour('yellow', '⚡')} ${what} ${target}${forMs > 0 ? ` for ${(forMs / 1_000).toFixed(1)} s` : ''}`,
      ),
    skip: (what: string, why: string) => {
      skipped.push(what);
      say(colour('magenta', `!!! NOT TRIED on this machine: ${what} (${why})`));
    },
    good: (text: string) => say(`${colour('green', '✓')} ${text}`),
    bad: (text: string) => say(`${colour('red', '✗')} ${text}`),
  };
}

export type Teller = ReturnType<typeof createTeller>;
