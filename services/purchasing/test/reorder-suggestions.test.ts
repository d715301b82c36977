import { stockLevelChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { approved, knowItem, prepare, start, step } from './service.ts';

const service = await start(t);
const prepared = await prepare(service);
const { buyer } = prepared;
const base = '/v1/purchasing/reorder-suggestions';

const level = (itemId: string, low: boolean, version: number, more: object = {}) =>
  service.consume(
    stockLevelChanged,
    {
      ...{ itemId, siteId: null, low, available: '3', reorderPoint: '10', reorderQuantity: '25' },
      ...more,
    },
    { aggregateId: itemId, aggregateVersion: version },
  );

const listed = async (itemId: string, status = '') =>
  (await buyer.get(`${base}?itemId=${itemId}${status && `&status=${status}`}`)).body.data;

async function suggested() {
  const itemId = await knowItem(service);
  await level(itemId, true, 1);
  const [suggestion] = await listed(itemId);
  return { itemId, suggestion };
}

t.test('low stock makes one suggestion, however often and in whatever order it is told', async (t) => {
  const itemId = await knowItem(service);
  await Promise.all([level(itemId, true, 3), level(itemId, true, 1), level(itemId, false, 2)]);
  await level(itemId, true, 3);
  const open = await listed(itemId, 'open');
  t.equal(open.length, 1);
  t.match(open[0], {
    ...{ itemId, siteId: null, quantity: '25', reorderPoint: '10', onOrder: '0', lastOrder: null },
  });
});

t.test('without a quantity it is what is missing; at a site it is that site’s own', async (t) => {
  const itemId = await knowItem(service);
  await level(itemId, true, 1, { reorderQuantity: null });
  await level(itemId, true, 1, { siteId: prepared.siteId });
  const open = await listed(itemId, 'open');
  t.equal(open.length, 2);
  t.match(open[1], { siteId: null, quantity: '7' });
  t.match(open[0], { siteId: prepared.siteId, quantity: '25' });
});

t.test('stock that is enough again ends it; the next time it falls there is a new one', async (t) => {
  const { itemId, suggestion } = await suggested();
  await level(itemId, false, 2);
  t.equal((await buyer.get(`${base}/${suggestion.id}`)).body.status, 'obsolete');
  await level(itemId, true, 3);
  t.equal((await listed(itemId, 'open')).length, 1);
  t.equal((await listed(itemId)).length, 2);
});

t.test('it becomes a draft order, as the item was ordered last', async (t) => {
  const { itemId, suggestion } = await suggested();
  const refused = await buyer.post(`${base}/${suggestion.id}/order`, { supplierId: prepared.supplierId });
  t.match(refused, { status: 400, body: { error: { details: { errors: [{ path: '/siteId' }] } } } });
  const first = await buyer.post(`${base}/${suggestion.id}/order`, {
    ...{ supplierId: prepared.supplierId, siteId: prepared.siteId, currency: 'EUR', unitPrice: '4.20' },
  });
  t.match(first, { status: 200, body: { status: 'ordered', purchaseOrderId: String } });
  const { body: order } = await buyer.get(`/v1/purchasing/purchase-orders/${first.body.purchaseOrderId}`);
  t.match(order, { status: 'draft', lines: [{ itemId, quantity: '25', unitPrice: '4.2' }] });
  await step(buyer, order.id, 'submit');
  await step(prepared.approver, order.id, 'approve');
  await level(itemId, false, 2);
  await level(itemId, true, 3);
  const [next] = await listed(itemId, 'open');
  t.match(next, { onOrder: '25', lastOrder: { supplierId: prepared.supplierId, unitPrice: '4.2' } });
  t.equal((await buyer.post(`${base}/${next.id}/order`, { quantity: '5' })).status, 200);
});

t.test('ordered twice at once, it is one order', async (t) => {
  const { suggestion } = await suggested();
  const order = () =>
    buyer.post(`${base}/${suggestion.id}/order`, {
      ...{ supplierId: prepared.supplierId, siteId: prepared.siteId, currency: 'EUR', unitPrice: '1' },
    });
  const answers = await Promise.all([order(), order(), order(), order()]);
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
});

t.test('an order that is cancelled leaves the suggestion open, while stock is low', async (t) => {
  const { itemId, suggestion } = await suggested();
  const { body } = await buyer.post(`${base}/${suggestion.id}/order`, {
    ...{ supplierId: prepared.supplierId, siteId: prepared.siteId, currency: 'EUR', unitPrice: '1' },
  });
  await step(buyer, body.purchaseOrderId, 'cancel', { reason: 'Too dear' });
  t.match(await listed(itemId, 'open'), [{ id: suggestion.id, purchaseOrderId: null }]);
});

t.test('it is dismissed with a reason', async (t) => {
  const { suggestion } = await suggested();
  t.equal((await buyer.post(`${base}/${suggestion.id}/dismiss`, {})).status, 400);
  const dismissed = await buyer.post(`${base}/${suggestion.id}/dismiss`, { reason: 'Discontinued' });
  t.match(dismissed, { status: 200, body: { status: 'dismissed', reason: 'Discontinued' } });
  const again = await buyer.post(`${base}/${suggestion.id}/dismiss`, { reason: 'Discontinued' });
  t.match(again, { status: 409, body: { error: { details: { state: 'dismissed', allowed: ['open'] } } } });
});

t.test('another tenant sees none of it', async (t) => {
  const { suggestion } = await suggested();
  const stranger = service.as('owner', { tenantId: newId() });
  t.equal((await stranger.get(`${base}/${suggestion.id}`)).status, 404);
  t.equal((await stranger.get(base)).body.data.length, 0);
  t.equal((await stranger.post(`${base}/${suggestion.id}/order`, {})).status, 404);
});

t.test('an order that was not made of a suggestion is cancelled as ever', async (t) => {
  const order = await approved(prepared);
  t.equal((await step(buyer, order.id, 'cancel')).status, 200);
});
