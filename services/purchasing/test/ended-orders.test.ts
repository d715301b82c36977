import { fraudDetected, receiptPosted, receiptReversed, stockLevelChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { enter, invoiceFor, orderWith, prepareInvoices, receive, stepOf } from './invoicing.ts';
import { draft, iban, knowItem, otherIban, start, step } from './service.ts';

const service = await start(t);
const prepared = await prepareInvoices(service);
const { buyer, approver, third, supplierId } = prepared;
const base = '/v1/purchasing';
const orderOf = async (id: string) => (await buyer.get(`${base}/purchase-orders/${id}`)).body;

const fraud = (purchaseOrderIds: string[]) =>
  service.consume(fraudDetected, {
    ...{
      messageId: newId(),
      supplierId,
      purchaseOrderIds,
      reason: 'Another account',
      score: 96,
      findings: [],
    },
  });

t.test('goods of a closed order may still be invoiced: a fraud holds it too', async (t) => {
  const order = await orderWith(prepared, '10');
  await step(buyer, order.id, 'close');
  await fraud([]);
  t.match(await orderOf(order.id), { status: 'closed', paymentHold: { reason: 'Another account' } });
  const invoice = await enter(prepared.clerk, invoiceFor(prepared, order));
  t.equal((await stepOf(approver, invoice.id, 'approve')).status, 409);
});

t.test('who changed the draft does not release its hold', async (t) => {
  const order = await draft(prepared);
  const price = { lines: [{ itemId: prepared.itemId, quantity: '10', unitPrice: '99' }] };
  t.equal((await third.patch(`${base}/purchase-orders/${order.id}`, price)).status, 200);
  await step(buyer, order.id, 'submit');
  await step(approver, order.id, 'approve');
  await fraud([order.id]);
  const { paymentHold } = await orderOf(order.id);
  const release = `${base}/payment-holds/${paymentHold.id}/release`;
  t.equal((await third.post(release, { reason: 'Fine' })).status, 403);
  t.equal((await approver.post(release, { reason: 'I called them' })).status, 200);
});

t.test('an account that is not the verified one any more is not paid to', async (t) => {
  const propose = async (number: string) => {
    const accounts = `${base}/suppliers/${supplierId}/bank-accounts`;
    const { body } = await buyer.post(accounts, { holder: 'Supplier', iban: number });
    await approver.post(`${accounts}/${body.id}/verify`);
  };
  await propose(iban);
  const order = await orderWith(prepared, '10');
  const invoice = await enter(prepared.clerk, { ...invoiceFor(prepared, order), bankAccount: { iban } });
  await propose(otherIban);
  const refused = await stepOf(approver, invoice.id, 'approve');
  t.match(refused, { status: 409, body: { error: { message: /another bank account.*hold the invoice/ } } });
  await stepOf(prepared.clerk, invoice.id, 'hold', { reason: 'Another account' });
  t.equal((await stepOf(third, invoice.id, 'release', { reason: 'They told us' })).status, 200);
  t.equal((await stepOf(approver, invoice.id, 'approve')).status, 200);
});

t.test('an order that is closed with nothing received leaves its suggestion open', async (t) => {
  const itemId = await knowItem(service);
  const level = {
    itemId,
    siteId: null,
    low: true,
    available: '3',
    reorderPoint: '10',
    reorderQuantity: '25',
  };
  await service.consume(stockLevelChanged, level, { aggregateId: itemId });
  const listed = async () => (await buyer.get(`${base}/reorder-suggestions?itemId=${itemId}`)).body.data;
  const [{ id }] = await listed();
  const { body } = await buyer.post(`${base}/reorder-suggestions/${id}/order`, {
    ...{ supplierId, siteId: prepared.siteId, currency: 'EUR', unitPrice: '1' },
  });
  await step(buyer, body.purchaseOrderId, 'submit');
  await step(approver, body.purchaseOrderId, 'approve');
  await step(buyer, body.purchaseOrderId, 'close');
  t.match(await listed(), [{ id, status: 'open', decidedBy: null, purchaseOrderId: null }]);
});

t.test('an order that is complete without what went back stays received', async (t) => {
  t.equal((await approver.put(`${base}/settings`, { receiptTolerance: '0.1' })).status, 200);
  const order = await orderWith(prepared, '0');
  const { body: receipt } = await buyer.post(`${base}/purchase-orders/${order.id}/receipts`, {
    lines: [{ lineId: order.lines[0]?.id, quantity: '1' }],
  });
  await receive(prepared, order, '10');
  t.match(await orderOf(order.id), { status: 'received', lines: [{ received: '11' }] });
  const movements = [{ lineId: receipt.lines[0].id, movementId: newId() }];
  const posted = { receiptId: receipt.id, purchaseOrderId: order.id, movements, held: [] };
  await service.consume(receiptPosted, posted, { aggregateId: receipt.id });
  t.equal((await buyer.post(`${base}/receipts/${receipt.id}/reverse`, {})).body.status, 'reversing');
  const { version } = (await buyer.get(`${base}/receipts/${receipt.id}`)).body;
  const done = { receiptId: receipt.id, done: true, reason: null };
  await service.consume(receiptReversed, done, { aggregateId: receipt.id, aggregateVersion: version });
  t.match(await orderOf(order.id), { status: 'received', lines: [{ received: '10' }] });
});
