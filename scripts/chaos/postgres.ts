import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type Teardown } from '@stockade/testing';
import pg from 'pg';
import { startDatabase } from '../../infra/local/src/database.ts';

export interface Postgres {
  readonly port: number;
  /** As the superuser; `port` to go another way than straight to it. */
  url(port?: number): string;
  /** In a connection of its own. */
  query<R extends pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<R[]>;
  /** Sends the postmaster a signal: SIGINT is a fast stop, SIGQUIT an immediate one. The launcher's code brings it back. */
  signal(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Kills one server process that works for a client: all others end as well, and the server recovers. */
  killBackend(): Promise<void>;
}

const database = 'stockade';
/** On a machine that many share. */
const backMs = 120_000;

/** The embedded server, run by the launcher's own code, which also brings it back when it dies. */
export async function startPostgres(
  t: Teardown,
  home: string,
  { onGivenUp, note }: { onGivenUp: (error: Error) => void; note: (text: string) => void },
): Promise<Postgres> {
  const password = randomBytes(16).toString('hex');
  const end = new AbortController();
  const request = { signal: end.signal, hurry: new AbortController().signal, stop: onGivenUp };
  const server = await startDatabase({ home, password, archived: false, request, note });
  t.teardown(() => server.stop());
  const { port } = new URL(server.url);
  const url = (way = Number(port)) => {
    const to = new URL(server.url);
    to.port = String(way);
    to.pathname = `/${database}`;
    return to.href;
  };
  const admin = new pg.Client(server.url);
  await admin.connect();
  await admin.query(`create database ${database}`);
  // A disk that can be full within seconds must not be filled by what PostgreSQL keeps to write again.
  await admin.query("alter system set max_wal_size = '96MB'");
  await admin.query("alter system set min_wal_size = '32MB'");
  await admin.query('select pg_reload_conf()');
  await admin.end();
  const query = async <R extends pg.QueryResultRow>(sql: string, params: unknown[] = []) => {
    const client = new pg.Client({ connectionString: url(), application_name: 'chaos' });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<R>(sql, params)).rows;
    } finally {
      await client.end();
    }
  };
  /** A server that is still coming back from the fault before would not notice the next one: it is waited for. */
  const hit = (signal: NodeJS.Signals, find: () => Promise<number>) =>
    eventually(
      'PostgreSQL is there to be hit',
      async () => {
        try {
          return process.kill(await find(), signal);
        } catch {
          return false;
        }
      },
      backMs,
    );
  return {
    port: Number(port),
    url,
    query,
    signal: async (signal) =>
      void (await hit(signal, async () => {
        await query('select 1');
        return Number.parseInt(await readFile(join(home, 'postgres/postmaster.pid'), 'utf8'), 10);
      })),
    killBackend: async () =>
      void (await hit('SIGKILL', async () => {
        const [found] = await query<{ pid: number }>(
          "select pid from pg_stat_activity where application_name like 'stockade-%' order by state_change desc limit 1",
        );
        return found?.pid ?? Number.NaN;
      })),
  };
}
