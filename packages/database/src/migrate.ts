import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration as KyselyMigration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { type RoleNames, roleNames, rolePassword, schemaName } from './names.ts';

/** One step of a schema, as SQL; `:owner`, `:app` and `:system` stand for the service's roles. Never edited once landed. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

export interface MigrateOptions {
  /** As in ServiceName, or `gateway`. */
  service: string;
  /** Roles' passwords are derived from it. */
  rolesSecret: string;
  migrations: readonly Migration[];
}

/** Serialises everybody who makes roles on one server: two at once would trip over each other. */
const roleLock = 7_283_164;

/**
 * Brings one service's roles and schema up to date; safe to run again and from several places at once.
 * `adminUrl` must be able to create roles and schemas (superuser, or CREATEROLE and CREATE on the database).
 */
export async function migrateService(
  adminUrl: string,
  options: MigrateOptions,
): Promise<{ applied: string[] }> {
  const roles = roleNames(options.service);
  const schema = schemaName(options.service);
  await preparedRoles(adminUrl, roles, schema, options.rolesSecret);
  return applyMigrations(adminUrl, roles, schema, options.migrations);
}

/** Roles belong to the whole server, advisory locks to one database: whoever prepares another one may be in the way. */
const inTheWay = new Set(['XX000', '42710', '23505', '40P01']);

async function preparedRoles(
  adminUrl: string,
  roles: RoleNames,
  schema: string,
  secret: string,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await prepareRoles(adminUrl, roles, schema, secret);
    } catch (error) {
      if (attempt >= 9 || !inTheWay.has((error as { code?: string }).code ?? '')) throw error;
      await delay(50 * (attempt + Math.random()));
    }
  }
}

async function prepareRoles(
  adminUrl: string,
  roles: RoleNames,
  schema: string,
  secret: string,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'stockade-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [roleLock]);
    const { rows } = await client.query<{ rolname: string }>(
      'select rolname from pg_roles where rolname = any($1)',
      [[roles.owner, roles.app, roles.system]],
    );
    const present = new Set(rows.map((row) => row.rolname));
    if (!present.has(roles.owner)) {
      await client.query(`create role ${roles.owner} nologin; grant ${roles.owner} to current_user`);
    }
    for (const role of [roles.app, roles.system])
      await prepareLogin(client, role, present.has(role), schema, secret);
    await client.query(`create schema if not exists ${schema} authorization ${roles.owner}`);
    await client.query(`grant usage on schema ${schema} to ${roles.app}, ${roles.system}`);
    // Trusted: whoever may create in the database may add it. Searches by parts of words use its indexes.
    await client.query('create extension if not exists pg_trgm with schema public');
  } finally {
    await client.end();
  }
}

/** Time limits stand at the role, not in the connection's options, because PgBouncer does not pass those on. */
async function prepareLogin(
  client: pg.Client,
  role: string,
  exists: boolean,
  schema: string,
  secret: string,
) {
  const password = client.escapeLiteral(rolePassword(secret, role));
  await client.query(`
    ${exists ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls nocreaterole nocreatedb password ${password};
    alter role ${role} set search_path = ${schema};
    alter role ${role} set statement_timeout = '30s';
    alter role ${role} set lock_timeout = '10s';
    alter role ${role} set idle_in_transaction_session_timeout = '60s';
  `);
}

async function applyMigrations(
  adminUrl: string,
  roles: RoleNames,
  schema: string,
  migrations: readonly Migration[],
): Promise<{ applied: string[] }> {
  const pool = new pg.Pool({
    connectionString: adminUrl,
    application_name: 'stockade-migrate',
    max: 2,
    options: `-c role=${roles.owner} -c search_path=${schema},public`,
  });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({
      db,
      migrationTableSchema: schema,
      provider: {
        getMigrations: async () =>
          Object.fromEntries(migrations.map((step) => [step.name, toKysely(step, roles)])),
      },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return { applied: (results ?? []).map((result) => result.migrationName) };
  } finally {
    await db.destroy();
  }
}

function toKysely(step: Migration, roles: RoleNames): KyselyMigration {
  const text = step.sql.replace(/(?<!:):(owner|app|system)\b/g, (_, role: keyof RoleNames) => roles[role]);
  return { up: async (db) => void (await sql.raw(text).execute(db)) };
}
