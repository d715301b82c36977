import { goodsReturned, receiptPosted, receiptReversed } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { approved, prepare, start } from './service.ts';

const service = await start(t);
const prepared = await prepare(service);
const clerk = service.as('operator');
const base = '/v1/purchasing';

async function received(quantity = '10') {
  const order = await approved(prepared, '10');
  const lines = [{ lineId: order.lines[0]?.id, quantity }];
  const { body } = await clerk.post(`${base}/purchase-orders/${order.id}/receipts`, { lines });
  return { order, receipt: body as { id: string; version: number; lines: { id: string }[] } };
}

async function posted(quantity?: string) {
  const made = await received(quantity);
  const { receipt, order } = made;
  const movements = receipt.lines.map(({ id }) => ({ lineId: id, movementId: newId() }));
  const payload = { receiptId: receipt.id, purchaseOrderId: order.id, movements, held: [] };
  await service.consume(receiptPosted, payload, { aggregateId: receipt.id });
  return made;
}

const ask = (id: string, body: object = { reason: 'Wrong goods' }) =>
  clerk.post(`${base}/receipts/${id}/reverse`, body);
const read = async (id: string) => (await clerk.get(`${base}/receipts/${id}`)).body;
const orderOf = async (id: string) => (await clerk.get(`${base}/purchase-orders/${id}`)).body;
const questions = async (id: string) =>
  (await service.outbox(goodsReturned.type)).filter((event) => event.aggregateId === id);

/** The ledger's answer to the newest question. */
async function answer(id: string, done: boolean, version?: number) {
  const asked = (await questions(id)).at(-1);
  const payload = { receiptId: id, done, reason: done ? null : 'There is not enough of it.' };
  await service.consume(receiptReversed, payload, {
    aggregateId: id,
    aggregateVersion: version ?? asked?.aggregateVersion ?? 0,
  });
}

async function reverse(id: string, done: boolean) {
  const asked = ask(id);
  while ((await questions(id)).length === 0) await new Promise((next) => setTimeout(next, 10));
  await answer(id, done);
  return asked;
}

t.test('the goods go back: the order waits for them again', async (t) => {
  const { order, receipt } = await posted();
  t.equal((await orderOf(order.id)).status, 'received');
  const reversed = await reverse(receipt.id, true);
  t.match(reversed, { status: 200, body: { status: 'reversed', reversalReason: 'Wrong goods' } });
  t.match(await orderOf(order.id), { status: 'approved', lines: [{ received: '0' }] });
  const [question] = await questions(receipt.id);
  t.match(question?.payload, { lineIds: [receipt.lines[0]?.id], actor: { type: 'user' } });
  const again = await ask(receipt.id);
  t.match(again, { status: 409, body: { error: { details: { state: 'reversed', allowed: ['received'] } } } });
});

t.test('goods that are not in stock any more stay received, and the answer says why', async (t) => {
  const { order, receipt } = await posted();
  const refused = await reverse(receipt.id, false);
  t.match(refused, { status: 409, body: { error: { message: /cannot be taken back.*not enough of it/ } } });
  t.match(await read(receipt.id), { status: 'received', reversalRefusal: 'There is not enough of it.' });
  t.match(await orderOf(order.id), { status: 'received', lines: [{ received: '10' }] });
  await answer(receipt.id, true, 1);
  t.equal((await read(receipt.id)).status, 'received', 'an answer to another question is none');
});

t.test('without an answer it is under way, and comes to its end later', async (t) => {
  const { order, receipt } = await posted('4');
  t.match(await ask(receipt.id), { status: 200, body: { status: 'reversing' } });
  t.match(await orderOf(order.id), { lines: [{ received: '4' }] });
  const over = await clerk.post(`${base}/purchase-orders/${order.id}/receipts`, {
    lines: [{ lineId: order.lines[0]?.id, quantity: '7' }],
  });
  t.equal(over.status, 409, 'until then the goods count as received');
  await answer(receipt.id, true);
  t.equal((await read(receipt.id)).status, 'reversed');
  await answer(receipt.id, true);
  t.match(await orderOf(order.id), { lines: [{ received: '0' }] }, 'the answer twice does nothing more');
});

t.test('a receipt that the ledger does not have yet', async (t) => {
  const { receipt } = await received();
  t.match(await ask(receipt.id), {
    status: 409,
    body: { error: { message: /does not have this receipt yet/ } },
  });
});

t.test('asked twice at once, it is asked of the ledger once', async (t) => {
  const { receipt } = await posted();
  const answers = await Promise.all([ask(receipt.id), ask(receipt.id), ask(receipt.id)]);
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  t.equal((await questions(receipt.id)).length, 1);
});

t.test('another tenant', async (t) => {
  const { receipt } = await posted();
  const stranger = service.as('owner', { tenantId: newId() });
  t.equal((await stranger.post(`${base}/receipts/${receipt.id}/reverse`, {})).status, 404);
});
