import { createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@stockade/database/embedded';
import type { Teardown } from '@stockade/testing';
import { startRedis, type TestRedis } from '@stockade/testing/redis';
import { type Stack, startStack } from '@stockade/testing/stack';
import { type Clock, openClock } from './clock.ts';
import { type Disk, mountDisk } from './disk.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { openWays, type Way } from './toxiproxy.ts';

/** What clients and checks need of a Stockade. */
export interface Running {
  readonly stack: Stack;
  readonly postgres: Pick<Postgres, 'url' | 'query'>;
  readonly mailbox: Mailbox;
  readonly smtpPort: number;
  /** Where the queues are; undefined where they are in PostgreSQL. */
  readonly redis?: TestRedis | undefined;
}

/** A whole Stockade, with all that can be broken in it. */
export interface World extends Running {
  readonly postgres: Postgres;
  readonly redis: TestRedis | undefined;
  /** To PostgreSQL and, where there is one, to Redis: as processes reach them. */
  readonly ways: Record<string, Way>;
  /** Where PostgreSQL has its data; undefined where no file system can be mounted. */
  readonly disk: Disk | undefined;
  /** Undefined where clocks cannot be stepped. */
  readonly clock: Clock | undefined;
}

export interface WorldOptions {
  folder: string;
  redis: boolean;
  minutes: number;
  note: (text: string) => void;
  find: (finding: string) => void;
  /** What cannot be tried here. */
  skip: (what: string, why: string) => void;
}

/** Room for what a run writes, and little more. */
const megabytes = (minutes: number) => 512 + 128 * Math.ceil(minutes);

async function placeOfData(t: Teardown, { folder, minutes, skip }: WorldOptions) {
  const path = join(folder, 'disk');
  const disk = await mountDisk(t, path, megabytes(minutes));
  if (!('missing' in disk)) return { home: path, disk };
  skip('the full disk', `no file system can be mounted: ${disk.missing}`);
  return { home: path, disk: undefined };
}

/** Starts the servers, the ways to them and the launcher with all below it. */
export async function startWorld(t: Teardown, options: WorldOptions): Promise<World> {
  const { folder, note, find } = options;
  const { home, disk } = await placeOfData(t, options);
  const postgres = await startPostgres(t, home, {
    note,
    onGivenUp: (error) => find(`PostgreSQL was not brought back: ${error.message}`),
  });
  const redis = options.redis ? await startRedis(t) : undefined;
  // Its log is what stays of it; the rest goes with the disk.
  t.teardown(() => copyFile(join(home, 'postgres/postgresql.log'), join(folder, 'postgresql.log')));
  const ports: Record<string, number> = { postgres: postgres.port };
  if (redis) ports.redis = Number(new URL(redis.url).port);
  const ways = await openWays(t, ports);
  const mailbox = await startMailbox(t);
  const smtpPort = await freePort();
  const clock = openClock(folder);
  if (!clock) options.skip('clock steps', 'libfaketime is not installed');
  const stack = await startStack(t, {
    ...clock?.env,
    STOCKADE_HOME: join(folder, 'home'),
    DATABASE_URL: postgres.url(ways.postgres?.port),
    ...(redis ? { REDIS_URL: `redis://127.0.0.1:${ways.redis?.port}` } : {}),
    ...{ MAIL_PROVIDERS: 'smtp', SMTP_URL: mailbox.url },
    ...{ SMTP_PORT: String(smtpPort), AUTH_CHECKS: 'off', IP_BLOCK_AFTER: '1000000' },
  });
  const log = createWriteStream(join(folder, 'processes.log'));
  log.write(stack.output());
  for (const stream of [stack.launcher.stdout, stack.launcher.stderr]) stream?.pipe(log, { end: false });
  return { stack, postgres, redis, ways, disk, clock, mailbox, smtpPort };
}
