import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { makeItem, makeLocation, makeLot, makeStock, startInventory } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const { item, site, movement } = await makeStock(owner, '5');
await makeLocation(owner, site.id);
await makeLot(owner, (await makeItem(owner, { lotTracked: true })).id);

await isolationTest(t, service, [
  'sites',
  'locations',
  'items',
  'lots',
  'movements',
  'ledger_entries',
  'balances',
]);

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
