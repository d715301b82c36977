import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stockade/database/embedded';
import pg from 'pg';
import type { BackupKeys } from '../sealed/keys.ts';
import type { Source } from './choose.ts';
import type { DataDirectory } from './extract.ts';
import { restoreCommand, startFeeder } from './feeder.ts';

/** A large log takes as long as it takes; whoever waits sees how far it is. */
const recoveryMs = 12 * 3_600_000;
const nothingAfter = 'recovery ended before configured recovery target was reached';

export interface RecoverOptions {
  target: DataDirectory;
  source: Source;
  keys: BackupKeys;
  /** The superuser's, as it was when the backup was made. */
  password: string;
  /** Without it: the newest that is archived. */
  to: Date | undefined;
  segments: readonly string[];
  signal: AbortSignal;
  onSegment?: (done: number) => void;
}

/** Lets a server replay the log up to the moment, and take up its work from there. Gives the time of the last commit. */
export async function recover(options: RecoverOptions): Promise<Date | null> {
  const { target, source, keys, segments, onSegment } = options;
  const broken = new AbortController();
  const feeder = await startFeeder({
    ...{ target, keys, segments, repository: source.repository },
    ...(onSegment && { onSegment }),
  });
  feeder.failed.catch((error) => broken.abort(error));
  try {
    const signal = AbortSignal.any([options.signal, broken.signal]);
    const server = await startRecovery({ ...options, signal });
    try {
      return await check(server);
    } finally {
      await server.stop();
    }
  } finally {
    await feeder.stop();
  }
}

async function startRecovery(options: RecoverOptions): Promise<EmbeddedPostgres> {
  // Where the log ends, nothing needs to be looked for: with a target, a commit of the same millisecond would be left out.
  const to = options.to && options.to < options.source.course.until ? options.to : undefined;
  try {
    return await start(options, to);
  } catch (error) {
    // What it may have reaches beyond the moment, and nothing was committed in between: its end is that moment's state.
    if (to && (error as Error).message.includes(nothingAfter)) return start(options, undefined);
    throw error;
  }
}

function start(
  { target, source, password, signal }: RecoverOptions,
  to: Date | undefined,
): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataDir: target.path,
    password,
    signal,
    readyMs: recoveryMs,
    settings: {
      restore_command: restoreCommand,
      recovery_target_timeline: String(source.course.timeline),
      recovery_target_action: 'promote',
      // It is ready when it has ended its recovery, and not before.
      hot_standby: 'off',
      ...(to && { recovery_target_time: to.toISOString().replace('T', ' ').replace('Z', '+00') }),
      // The new timeline's beginning waits for the archive that the next start works for.
      archive_mode: 'on',
      archive_command: '',
    },
  });
}

async function check({ url }: EmbeddedPostgres): Promise<Date | null> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(
      'select pg_is_in_recovery() as recovering, pg_last_xact_replay_timestamp() as last',
    );
    if (rows[0].recovering) throw new Error('PostgreSQL has not ended its recovery');
    await forgetRedis(url);
    return rows[0].last;
  } finally {
    await client.end();
  }
}

/**
 * Queues in Redis are of another moment than what was restored: relays that know of none publish all retained events again, as after
 * the loss of Redis.
 */
async function forgetRedis(url: string): Promise<void> {
  const database = new URL(url);
  database.pathname = '/stockade';
  const client = new pg.Client(database.href);
  await client.connect();
  try {
    const { rows } = await client.query(
      "select schemaname as schema from pg_tables where tablename = 'relay_state'",
    );
    for (const { schema } of rows)
      await client.query(
        `update ${client.escapeIdentifier(schema)}.relay_state set run_id = 'restored' where kind = 'redis'`,
      );
  } finally {
    await client.end();
  }
}
