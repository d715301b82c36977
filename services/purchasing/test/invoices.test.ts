import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { enter, invoiceFor, nextNumber, orderWith, path, prepareInvoices, stepOf } from './invoicing.ts';
import { addSupplier, draft, otherIban, start, step } from './service.ts';

const service = await start(t);
const prepared = await prepareInvoices(service);
const { clerk, approver, buyer, third, supplierId } = prepared;

const auditsOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1'))
    .map((event) => event.payload)
    .filter((entry) => entry.target.id === id);

t.test('is entered, read, found and approved by another person', async (t) => {
  const order = await orderWith(prepared, '10');
  const body = { ...invoiceFor(prepared, order), number: 'RE-0042/2026' };
  const made = await clerk.post(path, body);
  t.match(made, { status: 201, headers: { etag: '"1"' } });
  t.match(made.body, {
    ...{ supplierId, purchaseOrderId: order.id, number: 'RE-0042/2026', normalizedNumber: 'RE42-2026' },
    ...{ status: 'received', total: '125', currency: 'EUR', issuedAt: '2026-01-02T00:00:00.000Z' },
    ...{ bankAccount: null, paymentHold: null, approvedBy: null, createdBy: { id: clerk.personId } },
    lines: [{ purchaseOrderLineId: order.lines[0]?.id, quantity: '10', unitPrice: '12.5', amount: '125' }],
  });
  const { id } = made.body;
  t.strictSame((await clerk.get(`${path}/${id}`)).body, made.body);
  const found = await clerk.get(`${path}?number=re%2042%202026&supplierId=${supplierId}&status=received`);
  t.strictSame(found.body.data, [made.body], 'in any spelling');
  t.equal((await clerk.get(`${path}?number=RE43-2026`)).body.data.length, 0);
  t.equal((await clerk.get(`${path}?purchaseOrderId=${order.id}`)).body.data.length, 1);

  t.equal((await stepOf(clerk, id, 'approve')).status, 403, 'not by who may not approve');
  const approve = await stepOf(approver, id, 'approve', undefined, { 'if-match': '"1"' });
  t.match(approve, {
    status: 200,
    body: { status: 'approved', version: 2, approvedBy: { id: approver.personId }, acceptanceReason: null },
  });
  for (const name of ['approve', 'cancel', 'hold']) {
    const again = await stepOf(approver, id, name, name === 'hold' ? { reason: 'Late' } : undefined);
    t.match(again, { status: 409, body: { error: { code: 'INVALID_STATE' } } }, name);
    t.strictSame(again.body.error.details, { state: 'approved', allowed: ['received'] }, name);
  }
  t.strictSame(
    (await auditsOf(id)).map(({ action }) => action),
    ['purchasing.invoice.create', 'purchasing.invoice.approve'],
  );
});

t.test('nobody approves what they entered, with a key of their own neither', async (t) => {
  const order = await orderWith(prepared, '10');
  const { id } = await enter(approver, invoiceFor(prepared, order));
  t.equal((await stepOf(approver, id, 'approve')).status, 403);
  const ownKey = service.as('manager', { type: 'api_key', personId: approver.personId });
  t.equal((await stepOf(ownKey, id, 'approve')).status, 403);
  const accept = { acceptDifferences: true, reason: 'I know' };
  t.equal((await stepOf(approver, id, 'approve', accept)).status, 403);
  await t.rejects(
    service.query(
      `update invoices set status = 'approved', approved_by = '{}', approved_by_person = created_by_person,
       approved_at = now(), approved_match = '{}' where id = $1`,
      [id],
    ),
    { message: /invoices_two_persons/ },
    'nor does the database let them',
  );
  t.equal((await stepOf(third, id, 'approve')).status, 200);
});

t.test('the same number is refused in any spelling, and free again once it is cancelled', async (t) => {
  const body = { ...invoiceFor(prepared, null), number: 'Inv 0007-1' };
  const first = await enter(clerk, body);
  for (const number of ['INV7-1', 'inv/007/01', 'ＩＮＶ ００７．１', 'I N V\u200b-7 1']) {
    const again = await buyer.post(path, { ...body, number });
    t.match(again, { status: 409, body: { error: { code: 'CONFLICT' } } }, number);
    t.match(again.body.error.details, { invoiceId: first.id, number: 'Inv 0007-1' });
    t.match(again.body.error.message, /Inv 0007-1/);
  }
  t.equal((await clerk.post(path, { ...body, number: 'INV71' })).status, 201, 'this is another number');
  const other = { ...body, supplierId: await addSupplier(buyer) };
  t.equal((await clerk.post(path, other)).status, 201, 'another supplier’s is another one');
  const cancelled = await stepOf(clerk, first.id, 'cancel', { reason: 'Entered by mistake' });
  t.match(cancelled, { status: 200, body: { status: 'cancelled', version: 2 } });
  t.match((await auditsOf(first.id)).at(-1), {
    action: 'purchasing.invoice.cancel',
    changes: { reason: { after: 'Entered by mistake' } },
  });
  t.equal((await stepOf(clerk, first.id, 'cancel')).body.error.code, 'INVALID_STATE');
  t.equal((await clerk.post(path, body)).status, 201);
});

t.test('twenty times the same at once is one', async (t) => {
  const body = invoiceFor(prepared, await orderWith(prepared, '10'));
  const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.post(path, body)));
  const made = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status === 409);
  t.strictSame([made.length, refused.length], [1, 19]);
  t.ok(refused.every((answer) => answer.body.error.details.invoiceId === made[0]?.body.id));
  const rows = await service.query('select id from invoices where number = $1', [body.number]);
  t.equal(rows.length, 1);
  t.equal((await auditsOf(made[0]?.body.id)).length, 1);
});

t.test('two hundred spellings at once are one', async (t) => {
  const body = invoiceFor(prepared, null);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      clerk.post(path, { ...body, number: `W${'0'.repeat(at % 50)}77` }),
    ),
  );
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ status }) => status === 409).length, 199);
});

t.test('a repeated call gets the first answer', async (t) => {
  const body = invoiceFor(prepared, null);
  const key = { 'idempotency-key': newId() };
  const first = await clerk.post(path, body, key);
  const again = await clerk.post(path, body, key);
  t.match(again, { status: 201, body: first.body, headers: { 'idempotency-replayed': 'true' } });
});

t.test('the total is the sum of rounded lines', async (t) => {
  const line = { quantity: '0.333333', unitPrice: '0.05' };
  const body = { ...invoiceFor(prepared, null), lines: [line, line, { ...line, description: 'Freight' }] };
  t.match(await enter(clerk, body), {
    total: '0.06',
    lines: [{ amount: '0.02' }, { amount: '0.02' }, { amount: '0.02', description: 'Freight' }],
  });
  const yen = await enter(clerk, { ...body, number: nextNumber(), currency: 'JPY' });
  t.equal(yen.total, '0', 'yen have no smaller unit');
  const huge = { quantity: '99999999999999', unitPrice: '99999999999999' };
  t.equal((await clerk.post(path, { ...body, number: nextNumber(), lines: [huge] })).status, 400);
});

t.test('what does not belong together is refused', async (t) => {
  const [order, other] = [await orderWith(prepared, '1'), await orderWith(prepared, '1')];
  const good = invoiceFor(prepared, order);
  const lineOf = (id: string | undefined) => [{ ...good.lines[0], purchaseOrderLineId: id }];
  const inHour = new Date(Date.now() + 3_600_000).toISOString();
  for (const [change, status, pointer] of [
    [{ supplierId: newId() }, 404],
    [{ purchaseOrderId: newId() }, 404],
    [{ supplierId: await addSupplier(buyer) }, 400, '/purchaseOrderId'],
    [{ currency: 'USD' }, 400, '/currency'],
    [{ currency: 'XYZ' }, 400, '/currency'],
    [{ lines: lineOf(other.lines[0]?.id) }, 404],
    [{ lines: lineOf(newId()) }, 404],
    [{ purchaseOrderId: undefined }, 400, '/purchaseOrderId'],
    [{ issuedAt: inHour }, 400, '/issuedAt'],
    [{ issuedAt: '1969-12-31T23:59:59Z' }, 400, '/issuedAt'],
    [{ issuedAt: '0000-01-01T00:00:00Z' }, 400, '/issuedAt'],
    [{ number: '-/-' }, 400, '/number'],
    [{ bankAccount: {} }, 400, '/bankAccount/iban'],
    [{ bankAccount: { iban: 'DE89370400440532013001' } }, 400, '/bankAccount/iban'],
    [{ bankAccount: { routingNumber: '021000021' } }, 400, '/bankAccount/accountNumber'],
    [{ lines: Array(201).fill(good.lines[0]) }, 400, '/lines'],
  ] as const) {
    const answer = await clerk.post(path, { ...good, ...change });
    t.equal(answer.status, status, JSON.stringify(change).slice(0, 80));
    if (pointer) t.equal(answer.body.error.details.errors[0].path, pointer);
  }
  const soon = { ...good, issuedAt: new Date(Date.now() + 60_000).toISOString() };
  t.equal((await clerk.post(path, soon)).status, 201, 'clocks differ a little');
});

t.test('an order that may still change is not invoiced', async (t) => {
  const order = await draft(prepared);
  t.match((await clerk.post(path, invoiceFor(prepared, order))).body.error, {
    code: 'INVALID_STATE',
    details: { state: 'draft', allowed: ['approved', 'sent'] },
  });
  await step(buyer, order.id, 'submit');
  const pending = await clerk.post(path, invoiceFor(prepared, order));
  t.equal(pending.body.error.details.state, 'pending_approval');
});

t.test('an outdated version is refused', async (t) => {
  const { id } = await enter(clerk, invoiceFor(prepared, null));
  for (const [name, body] of [
    ['approve', { acceptDifferences: true, reason: 'Small' }],
    ['hold', { reason: 'Odd' }],
    ['cancel', undefined],
  ] as const)
    t.equal((await stepOf(approver, id, name, body, { 'if-match': '"2"' })).status, 412, name);
  t.equal((await clerk.get(`${path}/${id}`)).body.status, 'received');
});

t.test("another tenant's invoice does not exist", async (t) => {
  const { id } = await enter(clerk, {
    ...invoiceFor(prepared, null),
    bankAccount: { iban: otherIban },
  });
  const stranger = service.as('owner', { tenantId: newId() });
  const reason = { reason: 'x' };
  for (const url of [`${path}/${id}`, `${path}/${id}/match`])
    t.equal((await stranger.get(url)).status, 404, url);
  for (const name of ['approve', 'hold', 'release', 'cancel'])
    t.equal((await stepOf(stranger, id, name, reason)).status, 404, name);
  t.equal((await stranger.get(path)).body.data.length, 0);
  const foreign = { ...invoiceFor(prepared, null), supplierId: await addSupplier(stranger) };
  t.equal((await clerk.post(path, foreign)).status, 404, 'nor does its supplier');
});

t.test('the rows are the tenant’s alone', (t) => isolationTest(t, service, ['invoices', 'invoice_lines']));
