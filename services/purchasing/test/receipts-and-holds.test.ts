import { fraudDetected, goodsReceived, itemChanged, orderChanged, receiptPosted } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { approved, draft, knowItem, prepare, start, step } from './service.ts';

t.test('receipts', async (t) => {
  const service = await start(t);
  const prepared = await prepare(service);
  const clerk = service.as('operator');
  const receive = (order: { id: string; lines: { id: string }[] }, quantity: string, change: object = {}) =>
    clerk.post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, {
      lines: [{ lineId: order.lines[0]?.id, quantity }],
      ...change,
    });
  const read = async (id: string) => (await clerk.get(`/v1/purchasing/purchase-orders/${id}`)).body;

  t.test('in parts, to the end', async (t) => {
    const order = await approved(prepared, '10');
    const first = await receive(order, '4', { reference: 'DN 1' });
    t.match(first, {
      status: 201,
      body: {
        stockPosting: 'pending',
        reference: 'DN 1',
        lines: [{ lineId: order.lines[0]?.id, quantity: '4', movementId: null }],
      },
    });
    t.match(await read(order.id), { status: 'partially_received', lines: [{ received: '4' }] });
    const over = await receive(order, '7');
    t.match(over, { status: 409, body: { error: { code: 'CONFLICT', details: { open: '6' } } } });
    await receive(order, '6');
    t.equal((await read(order.id)).status, 'received');
    t.equal((await receive(order, '1')).body.error.code, 'INVALID_STATE');
    const [event] = (await service.outbox(goodsReceived.type)).filter(
      (candidate) => candidate.aggregateId === first.body.id,
    );
    t.match(event?.payload, {
      receiptId: first.body.id,
      orderNumber: order.number,
      lines: [{ lineId: first.body.lines[0].id, itemId: prepared.itemId, quantity: '4' }],
    });
  });

  t.test('many at once never receive more than was ordered', async (t) => {
    const order = await approved(prepared, '10');
    const answers = await Promise.all(Array.from({ length: 12 }, () => receive(order, '3')));
    t.equal(answers.filter((answer) => answer.status === 201).length, 3);
    t.ok(answers.every((answer) => [201, 409].includes(answer.status)));
    t.match(await read(order.id), { lines: [{ received: '9' }] });
  });

  t.test('a line named twice is summed', async (t) => {
    const order = await approved(prepared, '10');
    const lineId = order.lines[0]?.id;
    const lines = [
      { lineId, quantity: '6' },
      { lineId, quantity: '5' },
    ];
    t.equal((await receive(order, '0', { lines })).status, 409);
    t.equal(
      (
        await receive(order, '0', {
          lines: [
            { lineId, quantity: '6' },
            { lineId, quantity: '4' },
          ],
        })
      ).status,
      201,
    );
    t.equal((await read(order.id)).status, 'received');
  });

  t.test('what is refused', async (t) => {
    const order = await approved(prepared, '10');
    t.equal(
      (await receive(await draft(prepared), '1')).body.error.code,
      'INVALID_STATE',
      'not before it is approved',
    );
    t.equal((await receive(order, '0')).status, 400);
    t.equal((await receive(order, '0.5')).status, 400, 'half a piece');
    t.equal((await receive(order, '1', { lines: [{ lineId: newId(), quantity: '1' }] })).status, 404);
    t.equal((await receive({ ...order, id: newId() }, '1')).status, 404);
    t.equal(
      (
        await service
          .as('operator', { tenantId: newId() })
          .get(`/v1/purchasing/purchase-orders/${order.id}/receipts`)
      ).status,
      404,
    );
    t.equal((await read(order.id)).lines[0].received, '0', 'and nothing changed');
  });

  t.test('inventory says where the goods are; twice is once', async (t) => {
    const order = await approved(prepared, '10');
    const { body } = await receive(order, '4');
    const movementId = newId();
    const payload = {
      receiptId: body.id,
      purchaseOrderId: order.id,
      movements: [{ lineId: body.lines[0].id, movementId }],
      held: [{ lineId: body.lines[0].id, reason: 'inactive' }],
    };
    const { id } = await service.consume(receiptPosted, payload);
    t.equal((await service.consume(receiptPosted, payload, { id })).outcome, 'duplicate');
    const receipt = (await clerk.get(`/v1/purchasing/receipts/${body.id}`)).body;
    t.match(receipt, { stockPosting: 'posted', version: 2, lines: [{ movementId, heldReason: 'inactive' }] });
  });

  await isolationTest(t, service, ['receipts', 'receipt_lines']);
});

t.test('payment holds', async (t) => {
  const service = await start(t);
  const prepared = await prepare(service);
  const { buyer, approver, supplierId } = prepared;
  const fraud = (purchaseOrderIds: string[], change: object = {}) => ({
    ...{ messageId: newId(), supplierId, purchaseOrderIds, reason: 'Another account', score: 96 },
    findings: [{ technique: 'changed-bank-account', explanation: 'Another account' }],
    ...change,
  });
  const holdOf = async (id: string) =>
    (await buyer.get(`/v1/purchasing/purchase-orders/${id}`)).body.paymentHold;

  t.test('the orders that a mail names are held, once, and later mails are evidence', async (t) => {
    const [order, other] = [await approved(prepared), await approved(prepared)];
    const event = fraud([order.id, newId()]);
    const { id } = await service.consume(fraudDetected, event);
    await service.consume(fraudDetected, event, { id });
    await service.consume(fraudDetected, event);
    const hold = await holdOf(order.id);
    t.match(hold, { reason: 'Another account' });
    t.equal(await holdOf(other.id), null, 'others are not concerned');
    await service.consume(fraudDetected, fraud([order.id], { reason: 'Once more' }));
    const { body } = await buyer.get(`/v1/purchasing/payment-holds/${hold.id}`);
    t.strictSame(
      body.evidence.map((entry: { reason: string }) => entry.reason),
      ['Another account', 'Once more'],
    );
    const audits = (await service.outbox('audit.entry-recorded.v1'))
      .filter((entry) => entry.payload.target.id === hold.id)
      .map((entry) => entry.payload.action);
    t.strictSame(audits, ['purchasing.payment-hold.create', 'purchasing.payment-hold.add-evidence']);
    const told = (await service.outbox(orderChanged.type))
      .filter((entry) => entry.aggregateId === order.id)
      .at(-1);
    t.equal(told?.payload.onHold, true);
    const receipt = await service.as('operator').post(`/v1/purchasing/purchase-orders/${order.id}/receipts`, {
      lines: [{ lineId: order.lines[0]?.id, quantity: '1' }],
    });
    t.equal(receipt.status, 201, 'goods still arrive');

    const release = (caller: typeof buyer, body: object = { reason: 'Called them' }) =>
      caller.post(`/v1/purchasing/payment-holds/${hold.id}/release`, body);
    t.equal((await release(buyer)).status, 403, 'not by who made the order');
    t.equal((await release(service.as('operator'))).status, 403);
    t.equal((await release(approver, {})).status, 400, 'not without a reason');
    t.match((await release(approver)).body, {
      status: 'released',
      releaseReason: 'Called them',
      releasedBy: { id: approver.personId },
    });
    t.equal((await release(approver)).body.error.code, 'INVALID_STATE');
    t.equal(await holdOf(order.id), null);
    await service.consume(fraudDetected, fraud([order.id]));
    t.not((await holdOf(order.id)).id, hold.id, 'a new fraud is a new hold');
  });

  t.test('when none is named, all open ones of the supplier', async (t) => {
    const [open, plain, cancelled] = [
      await approved(prepared),
      await draft(prepared),
      await approved(prepared),
    ];
    await step(buyer, cancelled.id, 'cancel');
    const other = await approved({ ...prepared, supplierId: (await prepare(service)).supplierId });
    await service.consume(fraudDetected, fraud([]));
    t.ok(await holdOf(open.id));
    for (const order of [plain, cancelled, other]) t.equal(await holdOf(order.id), null);
    await service.consume(fraudDetected, fraud([], { supplierId: null }));
    const list = await buyer.get(`/v1/purchasing/payment-holds?purchaseOrderId=${open.id}&status=open`);
    t.equal(list.body.data.length, 1);
  });

  t.test('many mails at once make one hold with all their evidence', async (t) => {
    const order = await approved(prepared);
    await Promise.all(Array.from({ length: 8 }, () => service.consume(fraudDetected, fraud([order.id]))));
    const { data } = (await buyer.get(`/v1/purchasing/payment-holds?purchaseOrderId=${order.id}`)).body;
    t.equal(data.length, 1);
    t.equal(data[0].evidence.length, 8);
  });

  t.test("another tenant's hold does not exist", async (t) => {
    const stranger = service.as('owner', { tenantId: newId() });
    const [hold] = (await buyer.get('/v1/purchasing/payment-holds')).body.data;
    t.equal((await stranger.get(`/v1/purchasing/payment-holds/${hold.id}`)).status, 404);
    t.equal(
      (await stranger.post(`/v1/purchasing/payment-holds/${hold.id}/release`, { reason: 'x' })).status,
      404,
    );
    await service.consume(fraudDetected, fraud([hold.purchaseOrderId]), { tenantId: newId() });
    t.equal(
      (await buyer.get(`/v1/purchasing/payment-holds/${hold.id}`)).body.evidence.length,
      hold.evidence.length,
      "another tenant's event holds nothing here",
    );
  });

  t.test('copies of items take only what is newer', async (t) => {
    const itemId = await knowItem(service);
    const item = (name: string) => ({
      itemId,
      sku: 'S',
      name,
      unit: 'kg',
      active: true,
      reorderPoint: null,
      reorderQuantity: null,
    });
    await service.consume(itemChanged, item('third'), { aggregateId: itemId, aggregateVersion: 3 });
    await service.consume(itemChanged, item('second'), { aggregateId: itemId, aggregateVersion: 2 });
    t.strictSame(await service.query('select name, version from items where id = $1', [itemId]), [
      { name: 'third', version: 3 },
    ]);
  });

  await isolationTest(t, service, ['payment_holds', 'payment_hold_evidence']);
});
