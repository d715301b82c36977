import { orderChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { addSupplier, approved, draft, knowItem, prepare, start, step } from './service.ts';

t.test('purchase orders', async (t) => {
  const service = await start(t);
  const prepared = await prepare(service);
  const { buyer, approver, third, supplierId, siteId, itemId } = prepared;
  const post = (change: object, headers = {}) =>
    buyer.post(
      '/v1/purchasing/purchase-orders',
      { supplierId, siteId, currency: 'EUR', lines: [{ itemId, quantity: '1', unitPrice: '1' }], ...change },
      headers,
    );

  t.test('numbers have no gaps, also when many are made at once and some fail', async (t) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => post(at % 4 === 3 ? { currency: 'XXQ' } : {})),
    );
    t.equal(answers.filter((answer) => answer.status === 400).length, 5);
    const numbers = answers
      .filter((answer) => answer.status === 201)
      .map((answer) => answer.body.number)
      .sort();
    const year = new Date().getUTCFullYear();
    t.strictSame(
      numbers,
      Array.from({ length: 15 }, (_, at) => `PO-${year}-${String(at + 1).padStart(6, '0')}`),
    );
  });

  t.test('totals are rounded to what the currency has, line by line', async (t) => {
    const kilos = await knowItem(service, 'kg');
    const total = async (currency: string, quantity: string, unitPrice: string) =>
      (
        await post({
          currency,
          lines: [
            { itemId: kilos, quantity, unitPrice },
            { itemId: kilos, quantity, unitPrice },
          ],
        })
      ).body.total;
    t.equal(await total('EUR', '0.5', '0.01'), '0.02', 'half a cent is one, twice');
    t.equal(await total('JPY', '1.5', '1'), '4');
    t.equal(await total('KWD', '1', '0.0004'), '0');
    const tooMuch = await post({
      lines: [{ itemId: kilos, quantity: '99999999999999', unitPrice: '99999999999999' }],
    });
    t.match(tooMuch, { status: 400, body: { error: { details: { errors: [{ path: '/lines' }] } } } });
  });

  const line = { itemId, quantity: '1', unitPrice: '1' };
  for (const [what, change, path] of [
    ['no supplier', { supplierId: undefined }, '/supplierId'],
    ['a supplier that is no id', { supplierId: 'x' }, '/supplierId'],
    ['an unknown currency', { currency: 'QQQ' }, '/currency'],
    ['no lines', { lines: [] }, '/lines'],
    ['a quantity as a number', { lines: [{ ...line, quantity: 1 }] }, '/lines/0/quantity'],
    ['a quantity of zero', { lines: [{ ...line, quantity: '0' }] }, '/lines/0/quantity'],
    ['seven decimals', { lines: [{ ...line, quantity: '0.1234567' }] }, '/lines/0/quantity'],
    ['an exponent', { lines: [{ ...line, unitPrice: '1e3' }] }, '/lines/0/unitPrice'],
    ['half a piece', { lines: [line, { ...line, quantity: '0.5' }] }, '/lines/1/quantity'],
    ['an unknown field', { priority: 1 }, '/priority'],
  ] as const) {
    t.test(`${what} is refused and changes nothing`, async (t) => {
      const count = async () => (await service.query('select 1 from purchase_orders')).length;
      const before = await count();
      const answer = await post(change);
      t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
      t.equal(answer.body.error.details.errors[0].path, path);
      t.equal(await count(), before);
    });
  }

  t.test('what an order names must be there', async (t) => {
    const foreign = await addSupplier(service.as('manager', { tenantId: newId() }));
    t.equal((await post({ supplierId: foreign })).status, 404, "another tenant's supplier");
    t.equal((await post({ supplierId: newId() })).status, 404);
    t.equal((await post({ lines: [{ ...line, itemId: newId() }] })).status, 404);
    const inactive = await knowItem(service, 'each', { active: false });
    t.equal((await post({ lines: [{ ...line, itemId: inactive }] })).body.error.code, 'INVALID_STATE');
  });

  t.test(
    'nobody approves their own work, not through a key either; two people above the threshold',
    async (t) => {
      const small = await draft(prepared);
      t.equal(
        (await step(approver, small.id, 'approve')).body.error.code,
        'INVALID_STATE',
        'a draft is not approved',
      );
      t.equal((await step(buyer, small.id, 'submit')).body.status, 'pending_approval');
      t.equal((await step(buyer, small.id, 'approve')).status, 403);
      const ownKey = service.as('manager', { type: 'api_key', personId: buyer.personId });
      t.equal(
        (await step(ownKey, small.id, 'approve')).status,
        403,
        'a key of one’s own is no second person',
      );
      t.equal((await step(service.as('operator'), small.id, 'approve')).status, 403, 'an operator may not');
      t.match((await step(approver, small.id, 'approve')).body, {
        status: 'approved',
        approvals: [{ by: { id: approver.personId } }],
      });

      const large = await draft(prepared, '1000', '10.001');
      t.equal(large.total, '10001');
      await step(buyer, large.id, 'submit');
      t.equal(
        (await step(approver, large.id, 'approve')).body.status,
        'pending_approval',
        'one is not enough',
      );
      t.equal((await step(approver, large.id, 'approve')).status, 403, 'the same person twice is one');
      t.equal((await step(third, large.id, 'approve')).body.status, 'approved');
      const exact = await draft(prepared, '1000', '10');
      await step(buyer, exact.id, 'submit');
      t.equal(
        (await step(approver, exact.id, 'approve')).body.status,
        'approved',
        'at the threshold one is enough',
      );
    },
  );

  t.test('concurrent approvals count each person once', async (t) => {
    const order = await draft(prepared, '1000', '20');
    await step(buyer, order.id, 'submit');
    const answers = await Promise.all(
      [approver, approver, approver].map((caller) => step(caller, order.id, 'approve')),
    );
    t.strictSame(answers.map((answer) => answer.status).sort(), [200, 403, 403]);
    t.equal((await buyer.get(`/v1/purchasing/purchase-orders/${order.id}`)).body.status, 'pending_approval');
  });

  t.test('every step is possible from its states alone', async (t) => {
    const steps = ['submit', 'approve', 'reject', 'cancel', 'close'];
    const possible: Record<string, string[]> = {
      draft: ['submit', 'cancel'],
      pending_approval: ['approve', 'reject', 'cancel'],
      approved: ['cancel', 'close'],
      partially_received: ['close'],
      received: ['close'],
      closed: [],
      cancelled: [],
    };
    for (const [state, allowed] of Object.entries(possible)) {
      for (const name of steps) {
        const order = await draft(prepared);
        await service.query('update purchase_orders set status = $2 where id = $1', [order.id, state]);
        const answer = await step(approver, order.id, name);
        const expected = allowed.includes(name) ? 200 : 409;
        t.equal(answer.status, expected, `${name} when ${state}`);
        if (expected === 409) t.match(answer.body.error, { code: 'INVALID_STATE', details: { state } });
      }
    }
  });

  t.test('a rejected order goes back, and its approvals are void', async (t) => {
    const order = await draft(prepared, '1000', '20');
    await step(buyer, order.id, 'submit');
    await step(approver, order.id, 'approve');
    t.match((await step(third, order.id, 'reject', { reason: 'Too dear' })).body, {
      status: 'draft',
      approvals: [],
    });
    const audits = (await service.outbox('audit.entry-recorded.v1')).filter(
      (event) => event.payload.target.id === order.id,
    );
    t.strictSame(
      audits.map((event) => event.payload.action.split('.').at(-1)),
      ['create', 'submit', 'approve', 'reject'],
      'one entry a change',
    );
    t.match(audits.at(-1)?.payload.changes, {
      status: { before: 'pending_approval', after: 'draft' },
      reason: { after: 'Too dear' },
    });
    const versions = (await service.outbox(orderChanged.type))
      .filter((event) => event.aggregateId === order.id)
      .map((event) => event.aggregateVersion);
    t.strictSame(versions, [1, 2, 3, 4]);
  });

  t.test('versions, lists, and one effect of a key', async (t) => {
    const order = await draft(prepared);
    t.equal((await step(buyer, order.id, 'submit', undefined, { 'if-match': '"7"' })).status, 412);
    t.equal((await step(buyer, order.id, 'submit', undefined, { 'if-match': '"1"' })).status, 200);
    const found = await buyer.get(`/v1/purchasing/purchase-orders?number=${order.number}`);
    t.match(found.body, {
      data: [{ id: order.id, lines: [{ itemId, quantity: '10', received: '0' }] }],
      nextCursor: null,
    });
    t.equal((await buyer.get('/v1/purchasing/purchase-orders?status=lost')).status, 400);
    const keyed = await Promise.all([1, 2, 3, 4].map(() => post({}, { 'idempotency-key': 'once' })));
    const ids = new Set(keyed.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
    t.equal(ids.size, 1);
    t.ok(keyed.every((answer) => answer.status === 201 || answer.body.error.code === 'REQUEST_IN_PROGRESS'));
  });

  t.test("another tenant's order does not exist", async (t) => {
    const order = await approved(prepared);
    const stranger = service.as('owner', { tenantId: newId() });
    t.equal((await stranger.get(`/v1/purchasing/purchase-orders/${order.id}`)).status, 404);
    for (const name of ['submit', 'approve', 'reject', 'cancel', 'close'])
      t.equal((await step(stranger, order.id, name)).status, 404);
    t.strictSame((await stranger.get('/v1/purchasing/purchase-orders')).body.data, []);
  });

  await isolationTest(t, service, [
    'suppliers',
    'purchase_orders',
    'purchase_order_lines',
    'order_approvals',
    'order_counters',
    'items',
    'sites',
    'outbox',
    'inbox',
  ]);
});
