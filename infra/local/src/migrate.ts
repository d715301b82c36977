// Run by the launcher as a process of its own: brings every schema up to date and ends.
import { migrations as audit } from '@stockade/audit/migrations';
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

export interface MigrateInput {
  /** Of an administrator of the database, reached directly. */
  url: string;
  rolesSecret: string;
  /** Makes the database first when it is missing: only on a server of our own. */
  createDatabase: boolean;
}

const schemas: Record<ProcessName, readonly Migration[]> = {
  identity: withPlatform(identity),
  inventory: withPlatform(inventory),
  purchasing: withPlatform(purchasing),
  'email-scanning': withPlatform(emailScanning),
  audit: withPlatform(audit),
  gateway,
};

await answer<MigrateInput, { applied: number }>(async ({ url, rolesSecret, createDatabase }) => {
  try {
    if (createDatabase) await ensureDatabase(url);
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

async function ensureDatabase(url: string): Promise<void> {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
