import type { TestService } from '@stockade/testing';

/** Tables of the platform, which the services have in common; they are tested there. */
const platform = ['outbox', 'inbox', 'delivery_failures', 'dead_letters', 'idempotency_keys'];

/** Every table of the service that holds what tenants own. */
export async function tenantTables(service: TestService): Promise<string[]> {
  const rows = await service.query<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = current_schema()::regnamespace
       and c.relname <> all ($1) order by 1`,
    [platform],
  );
  return rows.map(({ name }) => name);
}
