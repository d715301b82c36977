import { newId } from '@stockade/database';
import type { Test } from 'tap';
import type { TestService } from './service.ts';

/** What this needs of tap's test object. */
type Assertions = Test;

/**
 * Proves for each table that the app role sees and changes nothing of another tenant, and nothing at all when no
 * tenant is set. The tables must hold rows of the service's tenant, else the test fails: it would prove nothing.
 */
export async function isolationTest(
  t: Assertions,
  service: TestService,
  tables: readonly string[],
): Promise<void> {
  const unprotected = await service.query<{ relname: string }>(
    `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)
     and not c.relispartition`,
  );
  t.equal(
    unprotected.map((row) => row.relname).join(', '),
    '',
    'every table with a tenant has row-level security, forced',
  );
  for (const table of tables) {
    await t.test(`${table} keeps tenants apart`, async (t) => {
      const [own] = await service.query<{ n: number }>(
        `select count(*)::int as n from ${table} where tenant_id = $1`,
        [service.tenantId],
      );
      t.ok(own && own.n > 0, 'there are rows to protect');
      for (const [who, tenant] of [
        ['another tenant', newId()],
        ['no tenant', null],
      ] as const) {
        const seen = await service
          .asApp(tenant, `select 1 from ${table}`)
          .then((r) => r.rowCount, refusedCount);
        t.equal(seen, 0, `${who} sees nothing`);
        const changed = await service
          .asApp(tenant, `update ${table} set tenant_id = tenant_id`)
          .then((r) => r.rowCount, refusedCount);
        t.equal(changed, 0, `${who} changes nothing`);
        const removed = await service
          .asApp(tenant, `delete from ${table}`)
          .then((r) => r.rowCount, refusedCount);
        t.equal(removed, 0, `${who} removes nothing`);
      }
      const [left] = await service.query<{ n: number }>(
        `select count(*)::int as n from ${table} where tenant_id = $1`,
        [service.tenantId],
      );
      t.equal(left?.n, own?.n, 'all rows are still there');
    });
  }
}

/** "permission denied" is as good as zero rows; any other failure is one. */
function refusedCount(error: { code?: string }): number {
  if (error.code === '42501') return 0;
  throw error;
}
