import { goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { evaluateDue } from '../src/reorder-rules/evaluate.ts';
import { makeItem, makeLot, makeSite, move, onHand, startInventory } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

t.test('goods that are held without their lot get out again, and in with it', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner, { lotTracked: true })];
  await service.consume(goodsReceived, {
    ...{ receiptId: newId(), purchaseOrderId: newId(), orderNumber: 'PO-2026-000001', siteId: site.id },
    ...{ receivedAt: '2026-03-04T05:06:07.000Z', reference: null },
    lines: [{ lineId: newId(), itemId: item.id, quantity: '5', lotId: null }],
    actor: { type: 'user', id: 'u-1', name: 'Rita Receiver' },
  });
  const [held] = (await owner.get(`/v1/inventory/balances?itemId=${item.id}`)).body.data;
  const lot = await makeLot(owner, item.id);
  const place = { itemId: item.id, siteId: site.id };
  const out = { ...place, type: 'ISSUE' as const, quantity: '5', locationId: held.locationId };
  t.equal((await move(owner, { ...out, type: 'RECEIVE' })).status, 400, 'but nothing more gets in there');
  t.equal((await move(owner, out)).status, 201);
  t.equal((await move(owner, { ...place, quantity: '5', lotId: lot.id })).status, 201);
  t.equal(await onHand(owner, item.id, site.id), '5 | 0');
});

t.test('a receipt that was taken back is no last receipt', async (t) => {
  const tenant = service.as('owner', { tenantId: newId() });
  const [site, item] = [await makeSite(tenant), await makeItem(tenant)];
  const { body } = await move(tenant, { itemId: item.id, siteId: site.id, quantity: '5' });
  const last = async () => (await tenant.get('/v1/inventory/dashboard')).body.lastReceipts;
  t.match(await last(), [{ movementId: body.id }]);
  await tenant.post(`/v1/inventory/movements/${body.id}/reverse`);
  t.strictSame(await last(), []);
});

t.test('figures as great as they can be do not keep other tenants from being told', async (t) => {
  const greedy = service.as('owner', { tenantId: newId() });
  const item = await makeItem(greedy, { reorderPoint: '5' });
  for (const site of [await makeSite(greedy), await makeSite(greedy)])
    await move(greedy, { itemId: item.id, siteId: site.id, quantity: '99999999999999' });
  const other = service.as('owner', { tenantId: newId() });
  const low = await makeItem(other, { reorderPoint: '5' });
  await move(other, { itemId: low.id, siteId: (await makeSite(other)).id, quantity: '1' });
  await evaluateDue(service.service);
  const told = (await service.outbox('inventory.stock-level-changed.v1')).map(
    ({ payload }) => payload.itemId,
  );
  t.ok(told.includes(low.id));
  t.strictSame(await service.query('select id from reorder_checks'), []);
});
