import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import pg from 'pg';
import { originFields } from './origin.ts';

// Numbers stay strings: a ledger never touches floats. (pg does so for numeric and bigint by itself.)

export interface DatabaseLog {
  warn(fields: object, message: string): void;
}

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** The pool's greatest size; every process keeps to few connections so that many fit one server. */
  max?: number;
  log?: DatabaseLog;
  /** Statements above this are logged, without their parameters; 1,000 unless told. */
  slowQueryMs?: number | undefined;
}

export interface Database<DB> {
  readonly db: Kysely<DB>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * A connection that breaks must not end the process: neither an idle one nor one that is checked out and waits between
 * two statements, whose error nobody else hears. The next query opens another.
 */
export function surviveLostConnections(pool: pg.Pool, onLost: (error: Error) => void): void {
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
}

/** How much of a statement's text is logged at most, in characters. */
const loggedLength = 4_000;

/** Connects lazily: nothing is opened before the first query. Waits at most 30 s for a connection from the pool. */
export function createDatabase<DB>(options: DatabaseOptions): Database<DB> {
  const { log, slowQueryMs = 1_000 } = options;
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 8,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  surviveLostConnections(pool, (error) => log?.warn({ err: error }, 'A database connection was lost'));
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: (event: LogEvent) => {
      if (event.queryDurationMillis <= slowQueryMs) return;
      const durationMs = Math.round(event.queryDurationMillis);
      log?.warn({ sql: event.query.sql.slice(0, loggedLength), durationMs, ...originFields() }, 'Slow query');
    },
  });
  // The pool is ended by hand: kysely would not end it if no query ever ran through it.
  return { db, pool, close: () => pool.end() };
}
