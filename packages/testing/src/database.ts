import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roleNames, roleUrl, surviveLostConnections } from '@stockade/database';
import { type Migration, migrateService } from '@stockade/database/migrate';
import pg from 'pg';
import { root } from './root.ts';

/** Roles belong to the whole server, so every test on it derives the same passwords. */
export const testRolesSecret = 'for tests only, nothing depends on it';

export interface Teardown {
  teardown(close: () => unknown): void;
}

let server: Promise<string> | undefined;

/**
 * The URL of the PostgreSQL that tests run on: the one the test runner started, else an embedded one of this file's own.
 */
export function testServer(t: Teardown): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return Promise.resolve(given);
  server ??= startOwnServer(t);
  return server;
}

async function startOwnServer(t: Teardown): Promise<string> {
  const { startEmbeddedPostgres } = await import('@stockade/database/embedded');
  const home = await mkdtemp(join(tmpdir(), 'stockade-test-'));
  const embedded = await startEmbeddedPostgres({
    dataDir: join(home, 'postgres'),
    password: randomBytes(16).toString('hex'),
    log: () => {},
    settings: { fsync: 'off' },
  });
  t.teardown(async () => {
    await embedded.stop();
    await rm(home, { recursive: true, force: true });
  });
  return embedded.url;
}

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'stockade-test' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export interface SchemaToTest {
  /** As in ServiceName, or `gateway`. */
  service: string;
  migrations: readonly Migration[];
}

/** Several test files may want the same template at once: one makes it, the others wait. */
const templateLock = 55_201_877;

/** Makes a database that others are copied from, unless it is there; `fill` is given its URL while it is still empty. */
async function ensureTemplate(serverUrl: string, name: string, fill: (url: string) => Promise<void>) {
  await withAdmin(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    await fill(databaseUrl(serverUrl, draft));
    // Renamed once whole: a killed run leaves a draft, never half a template.
    await client.query(`alter database ${draft} rename to ${name}`);
  });
}

async function schemaTemplate(
  serverUrl: string,
  schemas: readonly SchemaToTest[],
  prepare?: (url: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256')
    .update(JSON.stringify(schemas))
    .update(prepare?.toString() ?? '')
    .digest('hex')
    .slice(0, 16);
  const name = `template_${hash}`;
  await ensureTemplate(serverUrl, name, async (url) => {
    for (const { service, migrations } of schemas)
      await migrateService(url, { service, rolesSecret: testRolesSecret, migrations });
    await prepare?.(url);
  });
  return name;
}

/** Brings every schema up to date, as the launcher does. */
async function migrateSystem(url: string): Promise<void> {
  const input = { url, rolesSecret: testRolesSecret, createDatabase: false, connections: 0 };
  const script = join(root, 'infra/local/src/migrate.ts');
  const { status, stderr } = spawnSync(process.execPath, [script], {
    cwd: root,
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The schemas could not be made: ${stderr}`);
}

export interface TestDatabase {
  /** As the superuser, past row-level security. */
  readonly adminUrl: string;
  appUrl(service: string): string;
  systemUrl(service: string): string;
  /** As the superuser, with `search_path` set to the first schema. */
  query<R extends pg.QueryResultRow = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<R[]>;
}

/** A database of its own for this test file, cloned from a migrated template; dropped at the end. */
export async function createTestDatabase(
  t: Teardown,
  schemas: readonly SchemaToTest[],
  prepare?: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const serverUrl = await testServer(t);
  const template = await schemaTemplate(serverUrl, schemas, prepare);
  return clone(t, { serverUrl, template, schema: schemas[0]?.service.replaceAll('-', '_') ?? 'public' });
}

/** One that has all of a system's schemas: a stack's start on it finds nothing to migrate. */
export async function createSystemDatabase(t: Teardown): Promise<TestDatabase> {
  const serverUrl = await testServer(t);
  const template = 'template_system';
  await ensureTemplate(serverUrl, template, migrateSystem);
  return clone(t, { serverUrl, template, schema: 'public' });
}

async function clone(
  t: Teardown,
  { serverUrl, template, schema }: { serverUrl: string; template: string; schema: string },
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  const adminUrl = databaseUrl(serverUrl, name);
  const pool = new pg.Pool({
    connectionString: adminUrl,
    max: 2,
    options: `-c search_path=${schema},public`,
  });
  // Its connections may be ended by the drop before they have said goodbye.
  surviveLostConnections(pool, () => {});
  t.teardown(async () => {
    await pool.end();
    await withAdmin(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  });
  return {
    adminUrl,
    appUrl: (service) => roleUrl(adminUrl, roleNames(service).app, testRolesSecret),
    systemUrl: (service) => roleUrl(adminUrl, roleNames(service).system, testRolesSecret),
    query: async (sql, params) => (await pool.query(sql, params)).rows as never,
  };
}
