import { type RawBuilder, sql } from 'kysely';

/** A numeric column as a plain decimal string without residual zeros: `'12.5'`, not `'12.500000'`. */
export function decimal(ref: string): RawBuilder<string> {
  return sql<string>`trim_scale(${sql.ref(ref)})::text`;
}

export type Privilege = 'select' | 'insert' | 'update' | 'delete';

const tenantMatches = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

/**
 * SQL that puts a table under tenant isolation: row-level security, forced on the owner too, a policy on
 * `app.tenant_id`, and only the named privileges for the app role. Without a tenant set nothing is visible.
 */
export function tenantTable(table: string, privileges: readonly Privilege[]): string {
  return `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant_isolation on ${table} to :app using (${tenantMatches}) with check (${tenantMatches});
grant ${privileges.join(', ')} on ${table} to :app;
`;
}

/** SQL that lets the system role do the named things to a tenant table, across tenants. Give it as little as the job needs. */
export function systemAccess(table: string, privileges: readonly Privilege[]): string {
  return `
create policy system_access on ${table} to :system using (true) with check (true);
grant ${privileges.join(', ')} on ${table} to :system;
`;
}
