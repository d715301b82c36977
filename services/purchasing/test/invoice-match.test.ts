import t from 'tap';
import {
  enter,
  invoiceFor,
  nextNumber,
  orderWith,
  path,
  prepareInvoices,
  receive,
  stepOf,
} from './invoicing.ts';
import { start } from './service.ts';

const service = await start(t);
const prepared = await prepareInvoices(service);
const { clerk, approver, third } = prepared;

const match = async (id: string) => (await clerk.get(`${path}/${id}/match`)).body;
const approve = (id: string, body?: object, caller = approver) => stepOf(caller, id, 'approve', body);
const accept = { acceptDifferences: true, reason: 'Agreed by phone' };
const setTolerances = (quantityTolerance: string, priceTolerance = '0') =>
  approver.put('/v1/purchasing/settings', { quantityTolerance, priceTolerance });
const lawOf = async (order: { lines: { id: string }[] }) => {
  const [row] = await service.query<{ invoiced: string; excess: string; slack: string }>(
    `select trim_scale(invoiced)::text as invoiced, trim_scale(accepted_excess)::text as excess,
       trim_scale(invoiceable_slack)::text as slack from purchase_order_lines where id = $1`,
    [order.lines[0]?.id],
  );
  return row;
};

t.test('order, goods and invoice side by side', async (t) => {
  const order = await orderWith(prepared, '6');
  const { id } = await enter(clerk, invoiceFor(prepared, order, { quantity: '7', unitPrice: '12.60' }));
  const { body, status } = await clerk.get(`${path}/${id}/match`);
  t.equal(status, 200);
  t.match(body, {
    ...{ invoiceId: id, purchaseOrderId: order.id, status: 'differences', quantityTolerance: '0' },
    lines: [
      {
        ...{ line: 1, purchaseOrderLineId: order.lines[0]?.id, itemId: prepared.itemId, ordered: '10' },
        ...{ received: '6', invoicedBefore: '0', invoiced: '7', orderPrice: '12.5', invoicePrice: '12.6' },
      },
    ],
    differences: [
      { line: 1, kind: 'quantity', expected: '6', actual: '7' },
      { line: 1, kind: 'price', expected: '12.5', actual: '12.6' },
    ],
  });
  const refused = await approve(id);
  t.match(refused, { status: 409, body: { error: { code: 'CONFLICT' } } });
  t.strictSame(refused.body.error.details.differences, body.differences);
  t.match(refused.body.error.message, /Line 1: 7 invoiced, but only 6 received .* \(and 1 more\)/);
  t.equal((await clerk.get(`${path}/${id}`)).body.status, 'received');
});

t.test('goods that arrive later make it match', async (t) => {
  const order = await orderWith(prepared, '0');
  const { id } = await enter(clerk, invoiceFor(prepared, order));
  t.match(await match(id), { differences: [{ kind: 'not_received', expected: '0', actual: '10' }] });
  await receive(prepared, order, '10');
  t.match(await match(id), { status: 'matched', differences: [] });
  t.equal((await approve(id)).status, 200);
  t.match(await lawOf(order), { invoiced: '10', excess: '0', slack: '0' });
});

t.test('invoices in parts, and lines of the same order line, are summed', async (t) => {
  const order = await orderWith(prepared, '10');
  const first = await enter(clerk, invoiceFor(prepared, order, { quantity: '4' }));
  const body = invoiceFor(prepared, order, { quantity: '3' });
  const second = await enter(clerk, { ...body, lines: [body.lines[0], body.lines[0], body.lines[0]] });
  const { lines, differences } = await match(second.id);
  t.strictSame(
    lines.map((line: { invoicedBefore: string }) => line.invoicedBefore),
    ['4', '7', '10'],
  );
  t.match(differences, [{ line: 3, kind: 'quantity', actual: '13' }]);
  t.match(differences[0].message, `(invoice ${first.number})`);
  t.equal(differences.length, 1);
  t.equal((await match(first.id)).status, 'matched', 'the earlier one is not in the later one’s way');
  await stepOf(clerk, first.id, 'cancel');
  t.equal((await match(second.id)).status, 'matched', 'a cancelled one does not count');
  t.equal((await approve(second.id)).status, 200);
  t.equal((await lawOf(order))?.invoiced, '9');
});

t.test('tolerances of the tenant are applied', async (t) => {
  const order = await orderWith(prepared, '10');
  const { id } = await enter(clerk, invoiceFor(prepared, order, { quantity: '10.5', unitPrice: '13.125' }));
  t.equal((await approve(id)).status, 409);
  await setTolerances('0.05', '0.05');
  t.match(await match(id), { status: 'matched', priceTolerance: '0.05', quantityTolerance: '0.05' });
  t.equal((await approve(id)).status, 200);
  await setTolerances('0');
  t.match(await lawOf(order), { invoiced: '10.5', slack: '0.05', excess: '0' });
  t.match(await match(id), { status: 'matched', quantityTolerance: '0.05' }, 'as it was approved');
});

t.test(
  'what was not ordered, or without an order, is accepted with a reason by a second person',
  async (t) => {
    const order = await orderWith(prepared, '10');
    const body = invoiceFor(prepared, order);
    const freight = { description: 'Freight', quantity: '1', unitPrice: '30' };
    const { id } = await enter(clerk, { ...body, lines: [...body.lines, freight] });
    t.match(await match(id), { differences: [{ line: 2, kind: 'not_ordered' }] });
    t.equal((await approve(id, { acceptDifferences: false, reason: 'x' })).status, 409);
    const without = await approve(id, { acceptDifferences: true });
    t.equal(without.body.error.details.errors[0].path, '/reason');
    t.match(await approve(id, accept), {
      status: 200,
      body: { status: 'approved', acceptanceReason: accept.reason },
    });
    const [entry] = (await service.outbox('audit.entry-recorded.v1'))
      .map((event) => event.payload)
      .filter(({ action, target }) => action === 'purchasing.invoice.approve' && target.id === id);
    t.match(entry.changes, {
      reason: { after: accept.reason },
      acceptedDifferences: { after: [{ line: 2, kind: 'not_ordered' }] },
    });
    const alone = await enter(clerk, invoiceFor(prepared, null));
    t.match(await match(alone.id), {
      ...{ purchaseOrderId: null, status: 'differences', differences: [{ line: null, kind: 'no_order' }] },
      lines: [{ ordered: null, received: null, invoicedBefore: null, invoiced: '10' }],
    });
    t.equal((await approve(alone.id)).status, 409);
    t.equal((await approve(alone.id, accept)).status, 200);
  },
);

t.test('a reason without differences is no acceptance', async (t) => {
  const { id } = await enter(clerk, invoiceFor(prepared, await orderWith(prepared, '10')));
  t.match((await approve(id, accept)).body, { status: 'approved', acceptanceReason: null });
});

t.test('what is accepted is kept, and later goods make up for it', async (t) => {
  const order = await orderWith(prepared, '6');
  const first = await enter(clerk, invoiceFor(prepared, order, { quantity: '8' }));
  t.equal((await approve(first.id, accept)).status, 200);
  t.match(await lawOf(order), { invoiced: '8', excess: '2' });
  t.match(await match(first.id), { status: 'differences', lines: [{ received: '6' }] });
  await receive(prepared, order, '4');
  const second = await enter(clerk, invoiceFor(prepared, order, { quantity: '3' }));
  t.match(await match(second.id), { differences: [{ kind: 'quantity', expected: '10', actual: '11' }] });
  const third = await enter(clerk, invoiceFor(prepared, order, { quantity: '2' }));
  await stepOf(clerk, second.id, 'cancel');
  t.equal((await approve(third.id)).status, 200, 'ten of ten');
  t.match(await lawOf(order), { invoiced: '10', excess: '0' });
});

t.test('the database keeps the law: goods under an invoice are not taken back', async (t) => {
  const order = await orderWith(prepared, '10');
  const { id } = await enter(clerk, invoiceFor(prepared, order));
  await approve(id);
  for (const change of ['received = received - 0.000001', 'invoiced = invoiced + 0.000001'])
    await t.rejects(
      service.query(`update purchase_order_lines set ${change} where id = $1`, [order.lines[0]?.id]),
      { message: /purchase_order_lines_not_over_invoiced/ },
      change,
    );
});

t.test('goods that are going back are not invoiced', async (t) => {
  const order = await orderWith(prepared, '10');
  await service.query('update purchase_order_lines set going_back = 4 where id = $1', [order.lines[0]?.id]);
  const { id } = await enter(clerk, invoiceFor(prepared, order));
  t.match(await match(id), { lines: [{ received: '6' }], differences: [{ expected: '6', actual: '10' }] });
  t.equal((await approve(id, accept)).status, 200);
  t.equal((await lawOf(order))?.excess, '4');
});

t.test('of two invoices for the same goods, approved at once, one is', async (t) => {
  for (let round = 0; round < 5; round++) {
    const order = await orderWith(prepared, '10');
    const [one, two] = [
      await enter(clerk, invoiceFor(prepared, order)),
      await enter(clerk, invoiceFor(prepared, order)),
    ];
    const answers = await Promise.all([approve(two.id, undefined, third), approve(one.id), approve(two.id)]);
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409]);
    t.match(await lawOf(order), { invoiced: '10', excess: '0' });
  }
});

t.test('an accepted newer invoice and an older one, approved at once, follow each other', async (t) => {
  for (let round = 0; round < 6; round++) {
    const order = await orderWith(prepared, '10');
    const [older, newer] = [
      await enter(clerk, invoiceFor(prepared, order)),
      await enter(clerk, invoiceFor(prepared, order)),
    ];
    const [second, first] = await Promise.all([
      approve(newer.id, accept, third),
      round === 0 ? undefined : approve(older.id),
    ]);
    t.equal(second.status, 200);
    // Whoever came second reckoned with the first: the newer one accepts its excess, the older one is refused for it.
    const late = first ?? (await approve(older.id));
    t.ok([200, 409].includes(late.status), `the older one: ${late.status}`);
    if (round === 0) t.match(late.body.error.details.differences, [{ kind: 'quantity', actual: '20' }]);
    const both = late.status === 200;
    t.match(await lawOf(order), { invoiced: both ? '20' : '10' });
  }
});

t.test('the same approval twice at once is one', async (t) => {
  const order = await orderWith(prepared, '10');
  const { id } = await enter(clerk, invoiceFor(prepared, order, { quantity: '5' }));
  const answers = await Promise.all([approve(id), approve(id, undefined, third), approve(id)]);
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  t.equal((await lawOf(order))?.invoiced, '5');
});

t.test('many approvals and receipts at once never invoice more than arrived', async (t) => {
  const order = await orderWith(prepared, '4');
  const ids = [];
  for (let at = 0; at < 10; at++)
    ids.push(
      (await enter(clerk, { ...invoiceFor(prepared, order, { quantity: '1' }), number: nextNumber() })).id,
    );
  const receipts = ['1', '1', '1'].map((quantity) => receive(prepared, order, quantity));
  const answers = await Promise.all([...ids].reverse().map((id) => approve(id)));
  await Promise.all(receipts);
  t.ok(answers.every(({ status }) => [200, 409].includes(status)));
  const approved = answers.filter(({ status }) => status === 200).length;
  t.ok(approved >= 4 && approved <= 7, `${approved} approved`);
  t.equal((await lawOf(order))?.invoiced, String(approved));
  for (const id of ids) await approve(id);
  t.equal((await lawOf(order))?.invoiced, '7', 'the earliest seven, in the end');
});
