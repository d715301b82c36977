import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stockade/database/embedded';
import pg from 'pg';
import { type BackupKeys, type BaseBackup, backupKeys, takeBase } from '../src/index.ts';
import { type Archiver, archiveCommand, startArchiver } from '../src/wal/archiver.ts';

interface Teardown {
  teardown(action: () => unknown): void;
}

export interface Cluster {
  home: string;
  folder: string;
  server: EmbeddedPostgres;
  archiver: Archiver;
  client: pg.Client;
  keys: BackupKeys;
  /** What the keys are made from. */
  secret: string;
  password: string;
  notes: string[];
  takeBase(): Promise<BaseBackup>;
  /** A row of its own transaction; gives the database's time right after its commit. */
  insert(text: string): Promise<Date>;
  /** Lets the server finish its segment, and waits until it is archived. */
  archive(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  maxWaitingBytes?: number;
}

/** A PostgreSQL of its own with a table of rows, whose log is archived. */
export async function startCluster(t: Teardown, options: Options = {}): Promise<Cluster> {
  const home = await mkdtemp(join(tmpdir(), 'stockade-backup-'));
  const password = randomBytes(16).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const keys = backupKeys(secret);
  const folder = join(home, 'backups');
  const notes: string[] = [];
  const server = await startEmbeddedPostgres({
    dataDir: join(home, 'postgres'),
    password,
    settings: { archive_mode: 'on', archive_command: archiveCommand, fsync: 'off' },
  });
  const client = await connect(server.url);
  const { rows } = await client.query('select system_identifier::text as id from pg_control_system()');
  const archiver = await startArchiver({
    ...{ dataDir: server.dataDir, keys, repository: { folder, systemId: rows[0].id } },
    maxWaitingBytes: options.maxWaitingBytes ?? 1024 ** 3,
    note: (text) => notes.push(text),
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      await client.end();
      archiver.serverStops();
      await server.stop();
      await archiver.stop();
    })();
    return stopped;
  };
  t.teardown(async () => {
    await stop();
    await rm(home, { recursive: true, force: true });
  });
  await client.query('create database stockade');
  await client.query('create table rows (text text not null)');
  return {
    ...{ home, folder, server, archiver, client, keys, secret, password, notes, stop },
    async takeBase() {
      const session = await connect(server.url);
      const secrets = JSON.stringify({ DATABASE_PASSWORD: password });
      return takeBase({ client: session, folder, keys, home: { 'secrets.json': secrets } }).finally(() =>
        session.end(),
      );
    },
    async insert(text) {
      await client.query('insert into rows values ($1)', [text]);
      const now = await client.query('select clock_timestamp() as at');
      // Moments are in whole milliseconds, and the next one is to be another.
      await delay(5);
      return new Date(now.rows[0].at.getTime() + 1);
    },
    async archive() {
      const { rows } = await client.query('select pg_walfile_name(pg_switch_wal()) as name');
      for (let attempt = 0; attempt < 500; attempt++) {
        const found = await client.query('select last_archived_wal >= $1 as there from pg_stat_archiver', [
          rows[0].name,
        ]);
        if (found.rows[0].there) return;
        await delay(20);
      }
      throw new Error(`${rows[0].name} was not archived: ${archiver.state().problem}`);
    },
  };
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  // A server that is killed on purpose ends its connections.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** The rows that a restored data directory has. */
export async function rowsIn(dataDir: string, password: string): Promise<string[]> {
  const server = await startEmbeddedPostgres({ dataDir, password, settings: { fsync: 'off' } });
  const client = await connect(server.url);
  try {
    const { rows } = await client.query('select text from rows order by text');
    return rows.map(({ text }) => text);
  } finally {
    await client.end();
    await server.stop();
  }
}
