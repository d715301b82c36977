import { goodsReceived, goodsReturned } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { makeItem, makeSite, move, onHand, startInventory, unbalancedPlaces } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const actor = { type: 'user', id: 'u-1', name: 'Rita Receiver' };

async function received(quantities: readonly string[]) {
  const site = await makeSite(owner);
  const items = await Promise.all(quantities.map(() => makeItem(owner)));
  const receipt = {
    receiptId: newId(),
    purchaseOrderId: newId(),
    orderNumber: 'PO-2026-000007',
    siteId: site.id,
    receivedAt: '2026-03-04T05:06:07.000Z',
    reference: null,
    lines: items.map((item, at) => ({
      lineId: newId(),
      itemId: item.id,
      quantity: quantities[at] ?? '1',
      lotId: null,
    })),
    actor,
  };
  await service.consume(goodsReceived, receipt);
  const back = {
    receiptId: receipt.receiptId,
    reason: 'Wrong goods',
    lineIds: receipt.lines.map((line) => line.lineId),
    actor,
  };
  return { site, items, receipt, back };
}

const answersFor = async (receiptId: string) =>
  (await service.outbox('inventory.receipt-reversed.v1')).filter((event) => event.aggregateId === receiptId);

t.test('a receipt is taken back by one reversal a line', async (t) => {
  const { site, items, receipt, back } = await received(['5', '3']);
  await service.consume(goodsReturned, back, { aggregateId: receipt.receiptId, aggregateVersion: 3 });
  for (const item of items) t.equal(await onHand(owner, item.id, site.id), '0');
  const { data } = (await owner.get(`/v1/inventory/movements?siteId=${site.id}`)).body;
  t.equal(data.length, 4);
  t.match(data[0], { reason: 'Wrong goods', actor, reference: 'PO-2026-000007' });
  const [answer] = await answersFor(receipt.receiptId);
  t.match(answer, { aggregateVersion: 3, payload: { done: true, reason: null } });
});

t.test('asked twice, by two different messages, it is taken back once', async (t) => {
  const { site, items, receipt, back } = await received(['5']);
  await Promise.all([
    service.consume(goodsReturned, back, { aggregateId: receipt.receiptId, aggregateVersion: 3 }),
    service.consume(goodsReturned, back, { aggregateId: receipt.receiptId, aggregateVersion: 3 }),
  ]);
  t.equal(await onHand(owner, items[0]?.id ?? '', site.id), '0');
  const answers = await answersFor(receipt.receiptId);
  t.equal(answers.length, 2);
  t.ok(answers.every(({ payload }) => payload.done));
});

t.test('goods that are not there any more stay received: all of them, and the answer says why', async (t) => {
  const { site, items, receipt, back } = await received(['5', '3']);
  await move(owner, { type: 'ISSUE', itemId: items[1]?.id ?? '', siteId: site.id, quantity: '1' });
  await service.consume(goodsReturned, back, { aggregateId: receipt.receiptId, aggregateVersion: 3 });
  t.equal(await onHand(owner, items[0]?.id ?? '', site.id), '5');
  t.equal(await onHand(owner, items[1]?.id ?? '', site.id), '2');
  const [answer] = await answersFor(receipt.receiptId);
  t.match(answer?.payload, { done: false, reason: /^There is not enough of [^:]+ there\.$/ });
});

t.test('a movement of a receipt is corrected at the receipt, not by itself', async (t) => {
  const { site } = await received(['5']);
  const { data } = (await owner.get(`/v1/inventory/movements?siteId=${site.id}`)).body;
  const answer = await owner.post(`/v1/inventory/movements/${data[0].id}/reverse`);
  t.match(answer, { status: 409, body: { error: { details: { belongsTo: 'receipt' } } } });
});

t.test('the ledger is balanced', async (t) => t.strictSame(await unbalancedPlaces(service), []));
