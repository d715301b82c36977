import { setTimeout as delay } from 'node:timers/promises';
import { fraudDetected, orderChanged } from '@stockade/contracts';
import { inTenant, newId } from '@stockade/database';
import { isolationTest, type TestCaller } from '@stockade/testing';
import { sql } from 'kysely';
import t from 'tap';
import { enter, type Invoicing, invoiceFor, orderWith, path, prepareInvoices, stepOf } from './invoicing.ts';
import { addSupplier, iban, otherIban, start } from './service.ts';

const service = await start(t);
const prepared = await prepareInvoices(service);
const { clerk, buyer, approver, third } = prepared;
const holdsPath = '/v1/purchasing/payment-holds';
const reason = { reason: 'Called them' };
const accept = { acceptDifferences: true, reason: 'Agreed by phone' };

/** The same people with a supplier of their own, whom nobody else defrauds. */
async function withSupplier(): Promise<Invoicing> {
  return { ...prepared, supplierId: await addSupplier(buyer) };
}

const fraud = (supplierId: string | null, purchaseOrderIds: string[] = [], change: object = {}) => ({
  ...{ messageId: newId(), supplierId, purchaseOrderIds, reason: 'Another account', score: 96 },
  findings: [{ technique: 'changed-bank-account', explanation: 'Another account' }],
  ...change,
});
const read = async (id: string) => (await clerk.get(`${path}/${id}`)).body;
const holdsOf = async (invoiceId: string) =>
  (await clerk.get(`${holdsPath}?invoiceId=${invoiceId}`)).body.data;
const auditsOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1'))
    .map((event) => event.payload)
    .filter((entry) => entry.target.id === id);

async function verifyAccount(supplierId: string, account: string): Promise<void> {
  const accounts = `/v1/purchasing/suppliers/${supplierId}/bank-accounts`;
  const { body } = await buyer.post(accounts, { holder: 'Supplier', iban: account });
  await approver.post(`${accounts}/${body.id}/verify`);
}

t.test('a person holds an invoice, and a third one releases it', async (t) => {
  const { id, number } = await enter(clerk, invoiceFor(prepared, await orderWith(prepared, '10')));
  t.equal((await stepOf(clerk, id, 'hold')).status, 400, 'not without a reason');
  t.equal((await stepOf(service.as('viewer'), id, 'hold', { reason: 'Odd' })).status, 403);
  const held = await stepOf(buyer, id, 'hold', { reason: 'Odd' }, { 'if-match': '"1"' });
  t.match(held, { status: 200, body: { status: 'held', version: 2, paymentHold: { reason: 'Odd' } } });
  const { paymentHold } = held.body;
  const [hold] = await holdsOf(id);
  t.match(hold, {
    ...{ id: paymentHold.id, invoiceId: id, purchaseOrderId: null, supplierId: prepared.supplierId },
    ...{ status: 'open', placedBy: { id: buyer.personId }, evidence: [] },
  });
  for (const [name, body] of [
    ['hold', reason],
    ['cancel', undefined],
  ] as const)
    t.match((await stepOf(approver, id, name, body)).body.error, {
      code: 'INVALID_STATE',
      details: { state: 'held', allowed: ['received'] },
    });
  const refused = await stepOf(approver, id, 'approve', accept);
  t.match(refused, { status: 409, body: { error: { code: 'INVALID_STATE', details: { paymentHold } } } });
  t.match(refused.body.error.message, paymentHold.id);

  t.equal((await stepOf(clerk, id, 'release', reason)).status, 403, 'an operator does not decide');
  t.equal((await stepOf(buyer, id, 'release', reason)).status, 403, 'nor who put it on');
  const creator = service.as('manager', { personId: clerk.personId });
  t.equal((await stepOf(creator, id, 'release', reason)).status, 403, 'nor who entered it');
  t.equal((await creator.post(`${holdsPath}/${paymentHold.id}/release`, reason)).status, 403);
  t.equal((await stepOf(approver, id, 'release')).status, 400);
  const released = await stepOf(approver, id, 'release', reason);
  t.match(released, { status: 200, body: { status: 'received', version: 3, paymentHold: null } });
  t.match((await stepOf(approver, id, 'release', reason)).body.error.details, {
    ...{ state: 'received', allowed: ['held'] },
  });
  t.match(await holdsOf(id), [{ status: 'released', releasedBy: { id: approver.personId } }]);
  t.equal((await stepOf(approver, id, 'approve')).status, 200);
  const audits = await auditsOf(hold.id);
  t.strictSame(
    audits.map(({ action }) => action),
    ['purchasing.payment-hold.create', 'purchasing.payment-hold.release'],
  );
  t.match(audits[0], { actor: { id: buyer.personId }, changes: { invoice: { after: number } } });
});

t.test('the database keeps two persons, one open hold, and a held invoice held', async (t) => {
  const { id } = await enter(clerk, invoiceFor(prepared, null));
  const hold = (await stepOf(buyer, id, 'hold', { reason: 'Odd' })).body.paymentHold;
  const again = `insert into payment_holds (tenant_id, id, invoice_id, supplier_id, reason)
    select tenant_id, gen_random_uuid(), id, supplier_id, 'x' from invoices where id = '${id}'`;
  for (const [statement, constraint] of [
    [`update invoices set status = 'received' where id = '${id}'`, 'payment_holds_invoice_held_fkey'],
    [again, 'payment_holds_one_open_invoice'],
    [
      `update payment_holds set released_by_person = placed_by_person where id = '${hold.id}'`,
      'payment_holds_two_persons',
    ],
    [
      `update payment_holds set purchase_order_id = gen_random_uuid() where id = '${hold.id}'`,
      'payment_holds_one_subject',
    ],
  ] as const)
    await t.rejects(service.query(statement), { message: new RegExp(constraint) }, constraint);
});

t.test('an account other than the verified one holds the invoice at once', async (t) => {
  const own = await withSupplier();
  const order = await orderWith(own, '10');
  const asking = (bankAccount: object) =>
    enter(clerk, { ...invoiceFor(own, order, { quantity: '1' }), bankAccount });
  const unknown = await asking({ iban });
  t.match(unknown, { status: 'held', bankAccount: { iban }, paymentHold: { reason: /none .* is verified/ } });
  await verifyAccount(own.supplierId, iban);
  const same = await asking({ iban: 'de89 3704 0044 0532 0130 00', bic: 'COBADEFF' });
  t.match(same, { status: 'received', paymentHold: null, bankAccount: { iban, bic: 'COBADEFF' } });
  for (const account of [{ iban: otherIban }, { routingNumber: '021000021', accountNumber: '12345678' }]) {
    const other = await asking(account);
    t.match(other, { status: 'held', version: 1, bankAccount: account });
    t.match(other.paymentHold.reason, /another bank account/);
    t.equal((await stepOf(approver, other.id, 'approve', accept)).status, 409);
    const [created] = await auditsOf(other.paymentHold.id);
    t.match(created, { action: 'purchasing.payment-hold.create', actor: { id: 'purchasing' } });
    t.match(await holdsOf(other.id), [{ placedBy: null, status: 'open' }]);
    t.notMatch(JSON.stringify(await auditsOf(other.id)), otherIban, 'the audit shows the end alone');
  }
  const asManager = service.as('manager', { personId: clerk.personId });
  t.equal((await stepOf(asManager, unknown.id, 'release', reason)).status, 403, 'not who entered it');
  t.equal((await stepOf(buyer, unknown.id, 'release', reason)).body.status, 'received');
  t.equal((await enter(clerk, invoiceFor(own, order))).status, 'received', 'without an account');
});

t.test("an order's hold stops its invoices", async (t) => {
  const own = await withSupplier();
  const order = await orderWith(own, '10');
  await service.consume(fraudDetected, fraud(null, [order.id]));
  const { id, paymentHold, status } = await enter(clerk, invoiceFor(own, order));
  t.equal(status, 'received');
  t.match(paymentHold, { reason: 'Another account' });
  const refused = await stepOf(approver, id, 'approve', accept);
  t.match(refused, { status: 409, body: { error: { details: { paymentHold } } } });
  t.equal(
    (await clerk.get(`${path}?purchaseOrderId=${order.id}`)).body.data[0].paymentHold.id,
    paymentHold.id,
  );
  t.equal((await stepOf(approver, id, 'release', reason)).status, 409, 'it is the order that is held');
  t.equal((await approver.post(`${holdsPath}/${paymentHold.id}/release`, reason)).status, 200);
  t.equal((await read(id)).paymentHold, null);
  t.equal((await stepOf(approver, id, 'approve')).status, 200);
});

t.test('fraud holds the open invoices, once for a message', async (t) => {
  const own = await withSupplier();
  const [order, other] = [await orderWith(own, '10'), await orderWith(own, '10')];
  const some = { quantity: '1' };
  const [named, unnamed, alone, approved, cancelled] = [
    await enter(clerk, invoiceFor(own, order, some)),
    await enter(clerk, invoiceFor(own, other, some)),
    await enter(clerk, invoiceFor(own, null)),
    await enter(clerk, invoiceFor(own, order, some)),
    await enter(clerk, invoiceFor(own, order, some)),
  ];
  const foreign = await enter(clerk, invoiceFor(await withSupplier(), null));
  t.equal((await stepOf(approver, approved.id, 'approve')).status, 200);
  await stepOf(clerk, cancelled.id, 'cancel');
  const statuses = async () =>
    Promise.all(
      [named, unnamed, alone, approved, cancelled, foreign].map(async ({ id }) => (await read(id)).status),
    );

  const first = fraud(own.supplierId, [order.id]);
  const { id: eventId } = await service.consume(fraudDetected, first);
  await service.consume(fraudDetected, first, { id: eventId });
  await service.consume(fraudDetected, first);
  t.strictSame(await statuses(), ['held', 'received', 'held', 'approved', 'cancelled', 'received']);
  const [hold] = await holdsOf(named.id);
  t.match(hold, {
    ...{ purchaseOrderId: null, placedBy: null, reason: 'Another account' },
    evidence: [{ messageId: first.messageId, score: 96, findings: first.findings }],
  });
  t.equal(hold.evidence.length, 1);
  const told = (await service.outbox(orderChanged.type)).filter((event) => event.aggregateId === order.id);
  t.equal(told.at(-1)?.payload.onHold, true);

  await service.consume(fraudDetected, fraud(own.supplierId, [], { reason: 'Once more' }));
  t.strictSame(await statuses(), ['held', 'held', 'held', 'approved', 'cancelled', 'received']);
  t.strictSame(
    (await holdsOf(named.id)).map(({ evidence }: { evidence: { reason: string }[] }) =>
      evidence.map((entry) => entry.reason),
    ),
    [['Another account', 'Once more']],
    'a later mail is evidence for the same hold',
  );
  t.equal((await read(named.id)).version, 2, 'and changes the invoice no more');
  t.strictSame(
    (await auditsOf(hold.id)).map(({ action }) => action),
    ['purchasing.payment-hold.create', 'purchasing.payment-hold.add-evidence'],
  );

  t.equal(
    (await approver.post(`${holdsPath}/${hold.id}/release`, reason, { 'if-match': '"2"' })).status,
    412,
  );
  const release = await approver.post(`${holdsPath}/${hold.id}/release`, reason);
  t.match(release, { status: 200, body: { status: 'released', invoiceId: named.id } });
  t.match(await read(named.id), { status: 'received', paymentHold: { id: /./ } }, 'its order is held still');
  await service.consume(fraudDetected, fraud(own.supplierId));
  t.equal((await holdsOf(named.id)).length, 2, 'a new fraud is a new hold');
});

t.test('many mails at once make one hold with all their evidence', async (t) => {
  const own = await withSupplier();
  const { id } = await enter(clerk, invoiceFor(own, null));
  await Promise.all(Array.from({ length: 8 }, () => service.consume(fraudDetected, fraud(own.supplierId))));
  const holds = await holdsOf(id);
  t.equal(holds.length, 1);
  t.equal(holds[0].evidence.length, 8);
});

t.test("another tenant's fraud holds nothing here", async (t) => {
  const own = await withSupplier();
  const { id } = await enter(clerk, invoiceFor(own, null));
  await service.consume(fraudDetected, fraud(own.supplierId), { tenantId: newId() });
  t.equal((await read(id)).status, 'received');
  await stepOf(buyer, id, 'hold', { reason: 'Odd' });
  const [hold] = await holdsOf(id);
  const stranger = service.as('owner', { tenantId: newId() });
  t.equal((await stranger.get(`${holdsPath}/${hold.id}`)).status, 404);
  t.equal((await stranger.post(`${holdsPath}/${hold.id}/release`, reason)).status, 404);
});

t.test('approvals and fraud at once: nothing on hold gets approved', async (t) => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const own = await withSupplier();
    const order = await orderWith(own, '10');
    const [ordered, alone] = [
      await enter(clerk, invoiceFor(own, order)),
      await enter(clerk, invoiceFor(own, null)),
    ];
    const approve = (caller: TestCaller, id: string) => stepOf(caller, id, 'approve', accept);
    const event = () => service.consume(fraudDetected, fraud(own.supplierId, round % 2 ? [order.id] : []));
    const [, one, , two, release] = await Promise.all([
      event(),
      approve(approver, ordered.id),
      event(),
      approve(third, alone.id),
      stepOf(approver, alone.id, 'release', reason),
    ]);
    t.ok([one.status, two.status, release.status].every((status) => status === 200 || status === 409));
    for (const [id, answer] of [
      [ordered.id, one],
      [alone.id, two],
    ] as const) {
      const { status } = await read(id);
      outcomes.add(status);
      const open = (await holdsOf(id)).filter((hold: { status: string }) => hold.status === 'open');
      t.equal(open.length, status === 'held' ? 1 : 0, `${status} and its holds`);
      if (answer.status === 200) t.equal(status, 'approved', 'what was approved stays so');
    }
  }
  t.ok(outcomes.has('held'), `both came first at times: ${[...outcomes].join(', ')}`);
});

t.test('an approval waits for whoever decides on its order, and then sees the hold', async (t) => {
  const order = await orderWith(prepared, '10');
  const { id } = await enter(clerk, invoiceFor(prepared, order));
  let approval: ReturnType<typeof stepOf> | undefined;
  await inTenant(service.service.db, service.tenantId, async (trx) => {
    await sql`select id from purchase_orders where id = ${order.id} for update`.execute(trx);
    approval = stepOf(approver, id, 'approve');
    const early = await Promise.race([approval, delay(300, 'it waits')]);
    t.equal(early, 'it waits');
    await sql`insert into payment_holds (tenant_id, id, purchase_order_id, supplier_id, reason)
      values (${service.tenantId}, ${newId()}, ${order.id}, ${prepared.supplierId}, 'Fraud')`.execute(trx);
  });
  t.match(await approval, {
    status: 409,
    body: { error: { details: { paymentHold: { reason: 'Fraud' } } } },
  });
  t.equal((await read(id)).status, 'received');
});

t.test('holding and releasing at once', async (t) => {
  for (let round = 0; round < 5; round++) {
    const { id } = await enter(clerk, invoiceFor(prepared, null));
    const holds = await Promise.all([clerk, buyer, third].map((who) => stepOf(who, id, 'hold', reason)));
    t.strictSame(holds.map(({ status }) => status).sort(), [200, 409, 409]);
    const releases = await Promise.all(
      [approver, service.as('manager')].map((who) => stepOf(who, id, 'release', reason)),
    );
    t.strictSame(releases.map(({ status }) => status).sort(), [200, 409]);
    t.equal((await holdsOf(id)).length, 1);
  }
});

t.test('the rows are the tenant’s alone', (t) =>
  isolationTest(t, service, ['payment_holds', 'payment_hold_evidence']),
);
