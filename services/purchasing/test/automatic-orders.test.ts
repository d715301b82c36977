import { featureFlagChanged, stockLevelChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { approved, knowItem, prepare, start, step } from './service.ts';

const service = await start(t);
const prepared = await prepare(service);
const { buyer, approver, third, supplierId } = prepared;
const flagKey = 'purchasing.automatic-draft-orders';
let told = 0;

/** As identity tells of it. */
const turn = (variant: 'on' | 'off', tenantId = service.tenantId) =>
  service.consume(
    featureFlagChanged,
    {
      ...{ flagKey, scope: 'tenant', pinned: null, byOperator: null },
      byTenant: { variant, split: null, users: [] },
    },
    { aggregateId: flagKey, aggregateVersion: ++told, tenantId },
  );

const fall = (itemId: string, low = true, version = 1) =>
  service.consume(
    stockLevelChanged,
    { itemId, siteId: null, low, available: '3', reorderPoint: '10', reorderQuantity: '25' },
    { aggregateId: itemId, aggregateVersion: version },
  );

const suggestionOf = async (itemId: string) =>
  (await buyer.get(`/v1/purchasing/reorder-suggestions?itemId=${itemId}`)).body.data[0];

/** An item that was ordered before, and of which nothing is on its way. */
async function orderedBefore() {
  const itemId = await knowItem(service);
  const order = await approved({ ...prepared, itemId }, '4');
  const lines = [{ lineId: order.lines[0]?.id, quantity: '4' }];
  const received = await buyer.post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, { lines });
  if (received.status !== 201) throw new Error(JSON.stringify(received.body));
  return itemId;
}

/** Rules are kept for two seconds: until the service goes by the new ones, items fall that nobody looks at. */
const inForce = (automatic: boolean) =>
  eventually('the flag holds', async () => {
    const itemId = await orderedBefore();
    await fall(itemId);
    return ((await suggestionOf(itemId)).status === 'ordered') === automatic;
  });

t.test('as long as nobody turns it on, a suggestion waits for people', async (t) => {
  const itemId = await orderedBefore();
  await fall(itemId);
  t.match(await suggestionOf(itemId), { status: 'open', purchaseOrderId: null });
});

t.test('turned on, a suggestion is a draft at once, as the item was ordered last', async (t) => {
  await turn('on');
  await inForce(true);
  const itemId = await orderedBefore();
  await fall(itemId);
  const suggestion = await suggestionOf(itemId);
  t.match(suggestion, { status: 'ordered', decidedBy: { type: 'system' } });
  const { body: order } = await buyer.get(`/v1/purchasing/purchase-orders/${suggestion.purchaseOrderId}`);
  t.match(order, { status: 'draft', supplierId, lines: [{ itemId, quantity: '25', unitPrice: '12.5' }] });
  const audits = (await service.outbox('audit.entry-recorded.v1')).filter(({ payload }) =>
    [suggestion.id, order.id].includes(payload.target.id),
  );
  t.strictSame(audits.map(({ payload }) => payload.action).sort(), [
    'purchasing.purchase-order.create',
    'purchasing.reorder-suggestion.create',
    'purchasing.reorder-suggestion.order',
  ]);
  t.ok(audits.every(({ payload }) => payload.actor.type === 'system'));
});

t.test('two people stand behind such an order too: who submits it does not approve it', async (t) => {
  const itemId = await orderedBefore();
  await fall(itemId);
  const { purchaseOrderId: id } = await suggestionOf(itemId);
  t.equal((await step(approver, id, 'submit')).status, 200);
  t.equal((await step(approver, id, 'approve')).status, 403);
  t.match(await step(third, id, 'approve'), { status: 200, body: { status: 'approved' } });
});

t.test(
  'without an earlier order, with goods on their way, or with terms that hold no longer it waits',
  async (t) => {
    const fresh = await knowItem(service);
    await fall(fresh);
    t.match(await suggestionOf(fresh), { status: 'open' });
    const onItsWay = await knowItem(service);
    await approved({ ...prepared, itemId: onItsWay }, '4');
    await fall(onItsWay);
    t.match(await suggestionOf(onItsWay), { status: 'open', onOrder: '4' });
    const itemId = await orderedBefore();
    await buyer.patch(`/v1/purchasing/suppliers/${supplierId}`, { active: false });
    t.equal((await fall(itemId)).outcome, 'handled');
    t.match(await suggestionOf(itemId), { status: 'open' });
    await buyer.patch(`/v1/purchasing/suppliers/${supplierId}`, { active: true });
  },
);

t.test('the same news twice at once makes one order', async (t) => {
  const itemId = await orderedBefore();
  await Promise.all([1, 1, 1].map((version) => fall(itemId, true, version)));
  const { body } = await buyer.get(`/v1/purchasing/reorder-suggestions?itemId=${itemId}`);
  t.equal(body.data.length, 1);
  const orders = await service.query(
    'select distinct purchase_order_id from purchase_order_lines where item_id = $1',
    [itemId],
  );
  t.equal(orders.length, 2, 'the earlier one and this one');
});

t.test('another tenant’s flag is its own; turned off, people decide again', async () => {
  await turn('off');
  await turn('on', newId());
  await inForce(false);
});
