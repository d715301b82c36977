// Run by the launcher as a process of its own: brings every schema up to date and ends.
import { migrations as audit } from '@stockade/audit/migrations';
import { connectionsFor } from '@stockade/database';
import { type Migration, migrateService } from '@stockade/database/migrate';
import { migrations as emailScanning } from '@stockade/email-scanning/migrations';
import { migrations as gateway } from '@stockade/gateway/migrations';
import { migrations as identity } from '@stockade/identity/migrations';
import { migrations as inventory } from '@stockade/inventory/migrations';
import { migrateQueues } from '@stockade/messaging';
import { migrations as purchasing } from '@stockade/purchasing/migrations';
import { withPlatform } from '@stockade/service-kit/migrations';
import pg from 'pg';
import { explainDatabaseError } from './database-errors.ts';
import type { ProcessName } from './processes.ts';
import { answer } from './run-script.ts';
import { UserError } from './settings.ts';

export interface MigrateInput {
  /** Of an administrator of the database, reached directly. */
  url: string;
  rolesSecret: string;
  /** Makes the database first when it is missing: only on a server of our own. */
  createDatabase: boolean;
  /** How many connections all processes together may open to the server. */
  connections: number;
}

const schemas: Record<ProcessName, readonly Migration[]> = {
  identity: withPlatform(identity),
  inventory: withPlatform(inventory),
  purchasing: withPlatform(purchasing),
  'email-scanning': withPlatform(emailScanning),
  audit: withPlatform(audit),
  gateway,
};

await answer<MigrateInput, { applied: number }>(async ({ url, rolesSecret, createDatabase, connections }) => {
  try {
    if (createDatabase) await ensureDatabase(url);
    await ensureConnections(url, connections);
    const results = await Promise.all(
      Object.entries(schemas).map(([service, migrations]) =>
        migrateService(url, { service, rolesSecret, migrations }),
      ),
    );
    // After the roles: the queues' schema is granted to them.
    await migrateQueues(url);
    return { applied: results.flatMap((result) => result.applied).length };
  } catch (error) {
    throw explainDatabaseError(error, url);
  }
});

async function connected(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'stockade-migrate' });
  await client.connect();
  await work(client).finally(() => client.end());
}

async function ensureDatabase(url: string): Promise<void> {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  await connected(server.href, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** Found out now, and not under the first load, when some processes would have taken what others need. */
async function ensureConnections(url: string, needed: number): Promise<void> {
  await connected(url, async (client) => {
    const found = await connectionsFor(client);
    if (found >= needed) return;
    throw new UserError(
      [
        `The database server has ${found} connections for Stockade's roles, and its processes may open ${needed}.`,
        `Raise max_connections by ${needed - found} or more, lower DATABASE_POOL_MAX, keep the queues in Redis (REDIS_URL),`,
        'or put PgBouncer in between (DATABASE_URL) with DATABASE_DIRECT_URL past it. docs/database.md has the sum.',
      ].join('\n'),
    );
  });
}
