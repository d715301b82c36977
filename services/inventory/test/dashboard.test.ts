import { newId } from '@stockade/database';
import type { TestCaller } from '@stockade/testing';
import t from 'tap';
import { evaluateDue } from '../src/reorder-rules/evaluate.ts';
import {
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  move,
  startInventory,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

const newTenant = () => {
  const tenantId = newId();
  return { tenantId, owner: service.as('owner', { tenantId }) };
};

async function dashboard(caller: TestCaller, siteId?: string) {
  const answer = await caller.get(`/v1/inventory/dashboard${siteId ? `?siteId=${siteId}` : ''}`);
  if (answer.status !== 200) throw new Error(`It answered ${answer.status}: ${answer.raw}`);
  return answer.body;
}

async function must(answer: Promise<{ status: number; body: { id: string } }>) {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`It answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

t.test('an empty one', async (t) => {
  const { owner } = newTenant();
  const shown = await dashboard(owner);
  t.match(shown, {
    totals: { items: 0, sites: 0, lowStock: 0, expiringLots: 0 },
    openOrders: { purchase: 0, production: 0, transfers: 0, counts: 0, reservations: 0 },
  });
  t.strictSame([shown.lastReceipts, shown.lowStock, shown.expiringLots], [[], [], []]);
  t.equal(shown.movementsPerDay.length, 30);
  t.match(shown.movementsPerDay[29], { date: new Date().toISOString().slice(0, 10), total: 0, byType: {} });
});

t.test('totals and last receipts, of all sites and of one', async (t) => {
  const { owner } = newTenant();
  const { site, item } = await makeStock(owner, '10');
  const second = await makeStock(owner, '3');
  const receipt = await move(owner, { itemId: item.id, siteId: site.id, quantity: '2.0' });
  await move(owner, { type: 'ISSUE', itemId: item.id, siteId: site.id, quantity: '1' });
  const closed = await makeItem(owner);
  await owner.patch(`/v1/inventory/items/${closed.id}`, { active: false });
  const shown = await dashboard(owner);
  t.match(shown.totals, { items: 2, sites: 2 });
  t.match(shown.lastReceipts, [
    {
      itemId: item.id,
      sku: item.sku,
      name: item.name,
      movementId: receipt.body.id,
      siteId: site.id,
      quantity: '2',
    },
    { itemId: second.item.id, quantity: '3', receivedAt: String },
  ]);
  t.equal(shown.lastReceipts.length, 2, 'one an item');
  const ofSite = await dashboard(owner, second.site.id);
  t.match(ofSite.lastReceipts, [{ itemId: second.item.id }]);
  t.equal(ofSite.lastReceipts.length, 1);
  t.match(ofSite.totals, { items: 2, sites: 2 });
});

t.test('movements of each day, by the calendar of their site', async (t) => {
  const { owner } = newTenant();
  const east = await makeSite(owner, { timeZone: 'Pacific/Kiritimati' });
  const { site, item } = await makeStock(owner, '10');
  const at = (siteId: string, occurredAt: string) =>
    must(move(owner, { itemId: item.id, siteId, occurredAt }) as never);
  const noon = `${inDays(-5).slice(0, 10)}T12:00:00Z`;
  await at(site.id, noon);
  await at(site.id, noon);
  await at(east.id, noon);
  await at(site.id, inDays(-40));
  const shown = await dashboard(owner);
  const on = (days: number, of = shown) =>
    of.movementsPerDay.find(({ date }: { date: string }) => date === inDays(days).slice(0, 10));
  t.strictSame(on(-5), { date: inDays(-5).slice(0, 10), total: 2, byType: { RECEIVE: 2 } });
  t.strictSame(
    on(-4),
    { date: inDays(-4).slice(0, 10), total: 1, byType: { RECEIVE: 1 } },
    'noon there is tomorrow',
  );
  t.equal(on(-40), undefined);
  const sum = shown.movementsPerDay.reduce((all: number, { total }: { total: number }) => all + total, 0);
  t.equal(sum, 4);
  t.match(on(-5, await dashboard(owner, east.id)), { total: 0 });
  t.match(on(-4, await dashboard(owner, east.id)), { total: 1 });
});

t.test('low stock, of all sites together and by the rule of one', async (t) => {
  const { owner } = newTenant();
  const { site, item } = await makeStock(owner, '4', { reorderPoint: '5' });
  await evaluateDue(service.service);
  const enough = await makeStock(owner, '50', { reorderPoint: '5' });
  await must(
    owner.post('/v1/inventory/reorder-rules', {
      ...{ itemId: enough.item.id, siteId: enough.site.id },
      ...{ reorderPoint: '60', reorderQuantity: '10' },
    }),
  );
  await evaluateDue(service.service);
  const shown = await dashboard(owner);
  t.equal(shown.totals.lowStock, 2);
  t.match(shown.lowStock, [
    { itemId: enough.item.id, siteId: enough.site.id, available: '50', reorderPoint: '60', since: String },
    { itemId: item.id, sku: item.sku, siteId: null, available: '4', reorderPoint: '5' },
  ]);
  t.match(await dashboard(owner, enough.site.id), {
    totals: { lowStock: 1 },
    lowStock: [{ reorderPoint: '60' }],
  });
  t.match(await dashboard(owner, site.id), { totals: { lowStock: 0 }, lowStock: [] });
  await move(owner, { itemId: item.id, siteId: site.id, quantity: '1' });
  await evaluateDue(service.service);
  t.match(await dashboard(owner), { totals: { lowStock: 1 } });
});

t.test('lots that expire, as long as there is stock of them', async (t) => {
  const { tenantId, owner } = newTenant();
  const [site, other] = [await makeSite(owner), await makeSite(owner)];
  const shelf = await makeLocation(owner, site.id);
  const item = await makeItem(owner, { lotTracked: true });
  const lotted = async (days: number | null, quantity: string) => {
    const lot = await makeLot(owner, item.id, days === null ? {} : { expiresAt: inDays(days) });
    if (quantity !== '0')
      await must(move(owner, { itemId: item.id, siteId: site.id, lotId: lot.id, quantity }) as never);
    return lot;
  };
  const soon = await lotted(20, '5');
  const expired = await lotted(-100, '2');
  await lotted(40, '5');
  await lotted(null, '5');
  await lotted(10, '0');
  await move(owner, {
    itemId: item.id,
    siteId: site.id,
    locationId: shelf.id,
    lotId: soon.id,
    quantity: '1.0',
  });
  await move(owner, { itemId: item.id, siteId: other.id, lotId: soon.id, quantity: '3' });
  const codes = async (siteId?: string) =>
    (await dashboard(owner, siteId)).expiringLots.map((lot: { lotId: string; onHand: string }) => [
      lot.lotId,
      lot.onHand,
    ]);
  t.strictSame(await codes(), [
    [expired.id, '2'],
    [soon.id, '9'],
  ]);
  t.match(await dashboard(owner), {
    totals: { expiringLots: 2 },
    expiringLots: [{ itemId: item.id, sku: item.sku, code: expired.code, expiresAt: expired.expiresAt }],
  });
  t.strictSame(await codes(other.id), [[soon.id, '3']]);
  await move(owner, { type: 'ISSUE', itemId: item.id, siteId: site.id, lotId: expired.id, quantity: '2' });
  t.strictSame(await codes(), [[soon.id, '9']], 'sold out');
  await owner.patch(`/v1/inventory/lots/${soon.id}`, { expiresAt: inDays(90) });
  t.strictSame(await codes(), [], 'lasts longer');
  await owner.patch(`/v1/inventory/lots/${soon.id}`, { expiresAt: inDays(1) });
  t.strictSame(await codes(), [[soon.id, '9']]);
  await owner.patch(`/v1/inventory/lots/${soon.id}`, { expiresAt: null });
  t.strictSame(await codes(), []);
  const kept = await service.query<{ n: number }>(
    'select count(*)::int as n from expiring_stock where tenant_id = $1',
    [tenantId],
  );
  t.strictSame(kept, [{ n: 1 }], 'what is kept of it is what is on hand and expires');
});

t.test('expiry changes and stock moves at once: what is kept is right at the end', async (t) => {
  const { tenantId, owner } = newTenant();
  const site = await makeSite(owner);
  const item = await makeItem(owner, { lotTracked: true });
  const lot = await makeLot(owner, item.id, { expiresAt: inDays(5) });
  const place = { itemId: item.id, siteId: site.id, lotId: lot.id, quantity: '1' };
  for (let round = 0; round < 15; round++)
    await Promise.all([
      move(owner, place).then(() => move(owner, { ...place, type: 'ISSUE' })),
      owner.patch(`/v1/inventory/lots/${lot.id}`, { expiresAt: inDays(round) }),
      move(owner, place),
    ]);
  const wrong = await service.query(
    `select b.id from balances b join lots l on (l.tenant_id, l.id) = (b.tenant_id, b.lot_ref)
     left join expiring_stock e on (e.tenant_id, e.balance_id) = (b.tenant_id, b.id)
     where b.tenant_id = $1 and (b.on_hand > 0) <> (e.balance_id is not null and e.expires_at = l.expires_at)`,
    [tenantId],
  );
  t.strictSame(wrong, []);
});

t.test('open orders', async (t) => {
  const { tenantId, owner } = newTenant();
  const { site, item } = await makeStock(owner, '10');
  const other = await makeSite(owner);
  const part = await makeItem(owner);
  await must(owner.post('/v1/inventory/reservations', { itemId: item.id, siteId: site.id, quantity: '2' }));
  const done = await must(
    owner.post('/v1/inventory/reservations', { itemId: item.id, siteId: site.id, quantity: '1' }),
  );
  await must(owner.post(`/v1/inventory/reservations/${done.id}/release`));
  await must(
    owner.post('/v1/inventory/transfers', {
      ...{ fromSiteId: site.id, toSiteId: other.id },
      lines: [{ itemId: item.id, quantity: '1' }],
    }),
  );
  await must(owner.post('/v1/inventory/cycle-counts', { siteId: other.id }));
  const bom = { itemId: part.id, quantity: '1', lines: [{ itemId: item.id, quantity: '1' }] };
  const { id: bomId } = await must(owner.post('/v1/inventory/boms', bom));
  await must(owner.post('/v1/inventory/production-orders', { bomId, siteId: site.id, quantity: '1' }));
  for (const [siteId, open] of [
    [site.id, true],
    [site.id, false],
    [other.id, true],
  ])
    await service.query('insert into incoming_orders values ($1, gen_random_uuid(), 1, $2, $3)', [
      tenantId,
      siteId,
      open,
    ]);
  const open = async (siteId?: string) => (await dashboard(owner, siteId)).openOrders;
  t.strictSame(await open(), { purchase: 2, production: 1, transfers: 1, counts: 1, reservations: 1 });
  t.strictSame(await open(site.id), { purchase: 1, production: 1, transfers: 1, counts: 0, reservations: 1 });
  t.strictSame(await open(other.id), {
    purchase: 1,
    production: 0,
    transfers: 1,
    counts: 1,
    reservations: 0,
  });
});

t.test('who counts stock is not told of it', async (t) => {
  const { tenantId, owner } = newTenant();
  const counter = service.as('operator', { tenantId });
  const { site, item } = await makeStock(owner, '4', { reorderPoint: '5' });
  const free = await makeItem(owner, { reorderPoint: '5' });
  await move(owner, { itemId: free.id, siteId: site.id, quantity: '3' });
  const lotted = await makeItem(owner, { lotTracked: true });
  const lot = await makeLot(owner, lotted.id, { expiresAt: inDays(1) });
  await move(owner, { itemId: lotted.id, siteId: site.id, lotId: lot.id, quantity: '3' });
  await evaluateDue(service.service);
  const told = async (caller: TestCaller) => {
    const { lastReceipts, lowStock, expiringLots } = await dashboard(caller);
    return [lastReceipts, lowStock, expiringLots].map((list) =>
      list.map(({ itemId }: { itemId: string }) => itemId).sort(),
    );
  };
  const all = [[item.id, free.id, lotted.id].sort(), [item.id, free.id].sort(), [lotted.id]];
  t.strictSame(await told(counter), all);
  const { id } = await must(
    counter.post('/v1/inventory/cycle-counts', { siteId: site.id, itemIds: [item.id, lotted.id] }),
  );
  await must(counter.post(`/v1/inventory/cycle-counts/${id}/start`));
  t.strictSame(await told(counter), [[free.id], [free.id], []]);
  t.strictSame(await told(owner), all, 'others see all of it');
});

t.test('another tenant sees nothing of it', async (t) => {
  const { owner } = newTenant();
  const { site } = await makeStock(owner, '10');
  const stranger = newTenant().owner;
  t.match(await dashboard(stranger), { totals: { items: 0, sites: 0 }, lastReceipts: [] });
  t.equal((await stranger.get(`/v1/inventory/dashboard?siteId=${site.id}`)).status, 404);
  t.equal((await owner.get(`/v1/inventory/dashboard?siteId=${unknownId}`)).status, 404);
  t.equal((await owner.get('/v1/inventory/dashboard?siteId=x')).status, 400);
});
