import { goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { makeItem, makeLot, makeSite, onHand, startInventory, unbalancedPlaces, unknownId } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

type Line = { itemId: string; quantity: string; lotId?: string | null };

function receiptOf(siteId: string, lines: Line[]) {
  return {
    receiptId: newId(),
    purchaseOrderId: newId(),
    orderNumber: 'PO-2026-000001',
    siteId,
    receivedAt: '2026-03-04T05:06:07.000Z',
    reference: 'Delivery note 4711',
    lines: lines.map((line) => ({ lotId: null, ...line, lineId: newId() })),
    actor: { type: 'user', id: 'u-1', name: 'Rita Receiver' },
  };
}

const postedFor = async (receiptId: string) =>
  (await service.outbox('inventory.receipt-posted.v1')).filter((event) => event.aggregateId === receiptId);

const movementsOf = async (siteId: string) =>
  (await owner.get(`/v1/inventory/movements?siteId=${siteId}`)).body.data;

const placeOf = async (siteId: string) => {
  const [balance] = (await owner.get(`/v1/inventory/balances?siteId=${siteId}`)).body.data;
  if (!balance.locationId) return { ...balance, code: null };
  const { body } = await owner.get(`/v1/inventory/locations/${balance.locationId}`);
  return { ...balance, code: body.code };
};

t.test('goods that arrived are in the ledger, one movement a line', async (t) => {
  const [site, a, b] = [await makeSite(owner), await makeItem(owner), await makeItem(owner, { unit: 'kg' })];
  const receipt = receiptOf(site.id, [
    { itemId: a.id, quantity: '60' },
    { itemId: b.id, quantity: '2.5' },
  ]);
  const { outcome } = await service.consume(goodsReceived, receipt);
  t.equal(outcome, 'handled');
  t.equal(await onHand(owner, a.id, site.id), '60');
  t.equal(await onHand(owner, b.id, site.id), '2.5');
  const movements = await movementsOf(site.id);
  t.equal(movements.length, 2);
  t.match(movements[0], {
    type: 'RECEIVE',
    reference: 'PO-2026-000001',
    occurredAt: '2026-03-04T05:06:07.000Z',
    actor: { type: 'user', id: 'u-1', name: 'Rita Receiver' },
    reason: null,
    locationId: null,
  });
  const [told] = await postedFor(receipt.receiptId);
  t.match(told?.payload, { purchaseOrderId: receipt.purchaseOrderId, held: [] });
  t.strictSame(
    told?.payload.movements.map((m: { lineId: string }) => m.lineId),
    receipt.lines.map((line) => line.lineId),
  );
  const entries = await service.outbox('audit.entry-recorded.v1');
  for (const { movementId } of told?.payload.movements ?? []) {
    const [entry, ...more] = entries.filter((e) => e.payload.target.id === movementId);
    t.equal(more.length, 0);
    t.match(entry?.payload, {
      action: 'inventory.movement.create',
      actor: { type: 'user', id: 'u-1', name: 'Rita Receiver' },
      requestId: 'test-request',
    });
  }
});

t.test('a receipt that is delivered again changes nothing', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const receipt = receiptOf(site.id, [{ itemId: item.id, quantity: '60' }]);
  const { id } = await service.consume(goodsReceived, receipt);
  t.equal((await service.consume(goodsReceived, receipt, { id })).outcome, 'duplicate');
  t.equal((await movementsOf(site.id)).length, 1);
  t.equal((await postedFor(receipt.receiptId)).length, 1);
  const other = await service.consume(goodsReceived, receipt);
  t.equal(other.outcome, 'handled', 'the same receipt in another event');
  t.equal((await movementsOf(site.id)).length, 1, 'is not posted again');
  const told = await postedFor(receipt.receiptId);
  t.strictSame(told[1]?.payload.movements, told[0]?.payload.movements, 'but told again');
  t.equal(await onHand(owner, item.id, site.id), '60');
});

t.test('many deliveries at once post once', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const receipt = receiptOf(site.id, [{ itemId: item.id, quantity: '60' }]);
  const id = newId();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => service.consume(goodsReceived, receipt, { id })),
  );
  t.equal(outcomes.filter(({ outcome }) => outcome === 'handled').length, 1);
  t.equal(await onHand(owner, item.id, site.id), '60');
});

t.test('the same line in two events at once is posted once', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const receipt = receiptOf(site.id, [{ itemId: item.id, quantity: '60' }]);
  await Promise.allSettled(Array.from({ length: 6 }, () => service.consume(goodsReceived, receipt)));
  t.equal(await onHand(owner, item.id, site.id), '60');
  t.equal((await movementsOf(site.id)).length, 1);
});

t.test('what the item does not allow is held, with the reason', async (t) => {
  const tracked = await makeItem(owner, { lotTracked: true });
  const foreign = await makeLot(owner, (await makeItem(owner)).id);
  const inactive = await makeItem(owner);
  await owner.patch(`/v1/inventory/items/${inactive.id}`, { active: false });
  const each = await makeItem(owner);
  for (const [line, reason] of [
    [{ itemId: inactive.id, quantity: '1' }, /inactive/],
    [{ itemId: tracked.id, quantity: '1' }, /names none/],
    [{ itemId: tracked.id, quantity: '1', lotId: foreign.id }, /not one of/],
    [{ itemId: tracked.id, quantity: '1', lotId: unknownId }, /not one of/],
    [{ itemId: each.id, quantity: '1', lotId: foreign.id }, /not tracked by lot/],
    [{ itemId: each.id, quantity: '1.5' }, /counted by each/],
  ] as const) {
    const site = await makeSite(owner);
    const receipt = receiptOf(site.id, [line]);
    t.equal((await service.consume(goodsReceived, receipt)).outcome, 'handled');
    t.match(await placeOf(site.id), { code: 'HOLDING', onHand: line.quantity, lotId: null });
    const [told] = await postedFor(receipt.receiptId);
    t.match(told?.payload.held, [{ lineId: receipt.lines[0]?.lineId, reason }]);
    t.match((await movementsOf(site.id))[0].reason, reason);
  }
});

t.test('a lot that fits is received as it is, an inactive site takes the goods too', async (t) => {
  const site = await makeSite(owner);
  const item = await makeItem(owner, { lotTracked: true });
  const lot = await makeLot(owner, item.id);
  await owner.patch(`/v1/inventory/sites/${site.id}`, { active: false });
  const receipt = receiptOf(site.id, [{ itemId: item.id, quantity: '3', lotId: lot.id }]);
  await service.consume(goodsReceived, receipt);
  t.match(await placeOf(site.id), { code: null, onHand: '3', lotId: lot.id });
});

t.test('the holding location is made once, and audited', async (t) => {
  const site = await makeSite(owner);
  const item = await makeItem(owner, { lotTracked: true });
  const receipts = Array.from({ length: 6 }, () =>
    receiptOf(site.id, [
      { itemId: item.id, quantity: '1' },
      { itemId: item.id, quantity: '2' },
    ]),
  );
  await Promise.all(receipts.map((receipt) => service.consume(goodsReceived, receipt)));
  t.equal((await placeOf(site.id)).onHand, '18');
  const { body } = await owner.get(`/v1/inventory/locations?siteId=${site.id}`);
  t.equal(body.data.length, 1);
  const entries = await service.outbox('audit.entry-recorded.v1');
  t.equal(entries.filter((e) => e.payload.target.id === body.data[0].id).length, 1);
});

t.test('a receipt that cannot be understood is tried again, and posts nothing', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  for (const receipt of [
    receiptOf(site.id, [
      { itemId: item.id, quantity: '1' },
      { itemId: unknownId, quantity: '1' },
    ]),
    receiptOf(unknownId, [{ itemId: item.id, quantity: '1' }]),
  ]) {
    await t.rejects(service.consume(goodsReceived, receipt));
    t.equal((await postedFor(receipt.receiptId)).length, 0);
  }
  t.equal((await movementsOf(site.id)).length, 0);
  const bad = { ...receiptOf(site.id, []), siteId: 'nonsense' };
  t.equal((await service.consume(goodsReceived, bad)).outcome, 'dead');
});

t.test('a receipt of one tenant finds nothing of another', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const receipt = receiptOf(site.id, [{ itemId: item.id, quantity: '1' }]);
  await t.rejects(service.consume(goodsReceived, receipt, { tenantId: unknownId }));
  t.equal((await movementsOf(site.id)).length, 0);
});

t.test('after all that, every balance is the sum of its entries', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
});
