import { runMigrations } from 'bullmq';
import pg from 'pg';
import { allQueues } from './backend.ts';

const schema = 'bullmq';
const group = 'stockade_queue';

/**
 * Brings BullMQ's schema up to date and opens it to the services' system roles, which are members of one group.
 * `adminUrl` must be able to create schemas and roles; the services' roles must exist already.
 */
export async function migrateQueues(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'stockade-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7283165)');
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [group]);
    if (!rowCount) await client.query(`create role ${group} nologin`);
    await runMigrations(client as never, schema);
    await client.query(`set search_path = ${schema}`);
    // Made here, so that no service needs the right to create anything.
    await client.query(
      'select next_job_id(q) from unnest($1::text[]) as q where to_regclass(job_id_seq_name(q)) is null',
      [allQueues],
    );
    await client.query(`
      grant usage on schema ${schema} to ${group};
      grant select, insert, update, delete on all tables in schema ${schema} to ${group};
      grant usage, select, update on all sequences in schema ${schema} to ${group};
      grant execute on all functions in schema ${schema} to ${group};
    `);
    const { rows } = await client.query<{ rolname: string }>(
      "select rolname from pg_roles where rolname like 'stockade\\_%\\_system' and not pg_has_role(oid, $1, 'member')",
      [group],
    );
    for (const { rolname } of rows) {
      await client.query(`grant ${group} to ${client.escapeIdentifier(rolname)}`);
    }
  } finally {
    await client.end();
  }
}
