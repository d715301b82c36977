import { featureFlagChanged, orderChanged } from '@stockade/contracts';
import { inventoryOperations } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { goodRequest, isolationTest, type Sample, send } from '@stockade/testing';
import t from 'tap';
import { evaluateDue } from '../src/reorder-rules/evaluate.ts';
import { makeSamples } from './samples.ts';
import { makeStock, startInventory } from './setup.ts';
import { tenantTables } from './tables.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const samples = await makeSamples(service);
await evaluateDue(service.service);
const { item, site, movement } = await makeStock(owner, '5', { reorderPoint: '1' });
await service.consume(orderChanged, {
  ...{ purchaseOrderId: newId(), number: 'PO-2026-000001', supplierId: newId(), siteId: site.id },
  ...{ status: 'approved', total: '10', currency: 'EUR', onHold: false },
});
await service.consume(
  featureFlagChanged,
  {
    ...{ flagKey: 'inventory.pick-order', scope: 'tenant', pinned: null, byOperator: null },
    byTenant: { variant: 'oldest', split: null, users: [] },
  },
  { aggregateId: 'inventory.pick-order' },
);
const tables = await tenantTables(service);

await isolationTest(t, service, tables);

/** What tells whether a tenant's rows changed. */
async function fingerprint(): Promise<string> {
  const sums = tables.map(
    (table) =>
      `select '${table}', count(*), sum(hashtextextended(r::text, 0)) from ${table} r where tenant_id = $1`,
  );
  return JSON.stringify(await service.query(sums.join(' union all '), [service.tenantId]));
}

/** The ids of everything that the tenant has. */
async function ownIds(): Promise<Set<string>> {
  const withId = await service.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relname = any ($1) and a.attname = 'id' and c.relnamespace = current_schema()::regnamespace`,
    [tables],
  );
  const ids = withId.map(({ name }) => `select id::text from ${name} where tenant_id = $1`);
  const rows = await service.query<{ id: string }>(ids.join(' union '), [service.tenantId]);
  return new Set(rows.map(({ id }) => id));
}

/** Whether a request names something that belongs to the tenant: then it does not exist for anybody else. */
const names = (ids: ReadonlySet<string>, { params, body }: Sample) =>
  (JSON.stringify([params, body]).match(/[0-9a-f-]{36}/g) ?? []).some((id) => ids.has(id));

t.test('no operation shows or changes anything of another tenant', async (t) => {
  const ids = await ownIds();
  const before = await fingerprint();
  for (const operation of inventoryOperations) {
    const sample = samples[operation.id];
    if (!sample) {
      t.fail(`there is no sample of ${operation.id}`);
      continue;
    }
    const stranger = service.as('owner', {
      tenantId: newId(),
      ...(sample.personId ? { personId: sample.personId } : {}),
    });
    const { status, raw } = await send(stranger, goodRequest(operation, sample));
    if (names(ids, sample)) t.equal(status, 404, `${operation.id}: what it names does not exist`);
    else t.ok(status < 300 || status === 404, `${operation.id}: ${status}`);
    if (status >= 300) continue;
    const shown = (raw.toString().match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []).filter((id) =>
      ids.has(id),
    );
    t.strictSame(shown, [], `${operation.id} shows nothing`);
  }
  t.equal(await fingerprint(), before, 'nothing was changed');
});

t.test('the ledger is only ever added to, by its own tenant too', async (t) => {
  for (const sql of [
    'update movements set quantity = 1',
    'delete from movements',
    'update ledger_entries set quantity = 1',
    'delete from ledger_entries',
    'delete from balances',
    'delete from items',
  ])
    await t.rejects(service.asApp(service.tenantId, sql), { code: '42501' }, sql);
});

t.test('no row is written for another tenant', async (t) => {
  const foreign = '01900000-0000-7000-8000-000000000001';
  await t.rejects(
    service.asApp(
      service.tenantId,
      "insert into sites (tenant_id, id, code, name) values ($1, gen_random_uuid(), 'X', 'X')",
      [foreign],
    ),
    { code: '42501' },
  );
});

t.test('the database itself refuses what would break the ledger', async (t) => {
  const brokenBy = (sql: string, params: unknown[]) =>
    service.asApp(service.tenantId, sql, params).then(
      () => null,
      (error) => error.constraint,
    );
  const sell = 'update balances set on_hand = -1 where item_id = $1';
  t.equal(await brokenBy(sell, [item.id]), 'balances_not_below_zero');
  const reserve = 'update balances set reserved = 6 where item_id = $1';
  t.equal(await brokenBy(reserve, [item.id]), 'balances_not_below_zero');
  const reverse = `insert into movements (tenant_id, id, type, item_id, site_id, quantity, occurred_at, actor, reverses_id)
    values ($1, gen_random_uuid(), 'RECEIVE', $2, $3, -5, now(), '{}', $4)`;
  const params = [service.tenantId, item.id, site.id, movement.id];
  t.equal(await brokenBy(reverse, params), null);
  t.equal(await brokenBy(reverse, params), 'movements_reverses_key');
});
