import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const library = '/usr/lib/*/faketime/libfaketimeMT.so.1';

/** The clock of the gateway's and the services' machine; PostgreSQL, Redis and clients are on others. */
export interface Clock {
  /** What the processes need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Steps it away from the right time, such as `+70s`; within a second every process has it. */
  step(offset: string): void;
  set(): void;
}

/** A clock that can be stepped, by way of libfaketime; undefined where that is not installed. */
export function openClock(folder: string): Clock | undefined {
  const [preload] = globSync(library);
  if (!preload) return undefined;
  const file = join(folder, 'clock');
  const write = (offset: string) => writeFileSync(file, `${offset}\n`);
  write('+0');
  return {
    env: {
      LD_PRELOAD: preload,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // Only the time of day steps: how long something takes is measured by another clock.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    step: write,
    set: () => write('+0'),
  };
}
