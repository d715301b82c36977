import { orderChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import t from 'tap';
import { addSupplier, draft, knowItem, knowSite, prepare, start, step } from './service.ts';

t.test('drafts are changed', async (t) => {
  const service = await start(t);
  const prepared = await prepare(service);
  const { buyer, approver, third, itemId } = prepared;
  const url = (id: string) => `/v1/purchasing/purchase-orders/${id}`;
  const patch = (id: string, body: object, caller = buyer, headers = {}) =>
    caller.patch(url(id), body, headers);

  t.test('each field, and the total with them', async (t) => {
    const order = await draft(prepared);
    const [supplierId, siteId, kilos] = [
      await addSupplier(buyer),
      await knowSite(service),
      await knowItem(service, 'kg'),
    ];
    t.match(await patch(order.id, { expectedAt: '2030-01-02T03:04:05+02:00' }), {
      status: 200,
      headers: { etag: '"2"' },
      body: { expectedAt: '2030-01-02T01:04:05.000Z', total: '125', lines: [{ id: order.lines[0]?.id }] },
    });
    const lines = [
      { itemId: kilos, quantity: '0.5', unitPrice: '0.01' },
      { itemId, quantity: '3', unitPrice: '1.333333' },
    ];
    const changed = await patch(order.id, { supplierId, siteId, lines });
    t.match(changed.body, { supplierId, siteId, lines, total: '4.01', version: 3, status: 'draft' });
    t.equal(changed.body.lines.length, 2);
    t.match((await patch(order.id, { currency: 'JPY' })).body, { currency: 'JPY', total: '4', lines });
    t.equal((await patch(order.id, { expectedAt: null })).body.expectedAt, null);
    t.match((await buyer.get(url(order.id))).body, { version: 5, number: order.number, total: '4', lines });

    const audits = (await service.outbox('audit.entry-recorded.v1'))
      .map(({ payload }) => payload)
      .filter(({ target }) => target.id === order.id);
    t.strictSame(
      audits.map(({ action }) => action.split('.').at(-1)),
      ['create', 'update', 'update', 'update', 'update'],
    );
    t.match(audits[2].changes, {
      supplier_id: { before: prepared.supplierId, after: supplierId },
      total: { before: '125', after: '4.01' },
      lines: { before: [{ itemId, quantity: '10', unitPrice: '12.5' }], after: lines },
    });
    t.strictSame(Object.keys(audits[3].changes).sort(), ['currency', 'total']);
    const told = (await service.outbox(orderChanged.type)).filter(
      ({ aggregateId }) => aggregateId === order.id,
    );
    t.strictSame(
      told.map(({ aggregateVersion, payload }) => [aggregateVersion, payload.total]),
      [
        [1, '125'],
        [2, '125'],
        [3, '4.01'],
        [4, '4'],
        [5, '4'],
      ],
    );
  });

  t.test('new lines may be received as the tolerance says', async (t) => {
    const order = await draft(prepared, '10');
    await patch(order.id, { lines: [{ itemId, quantity: '2', unitPrice: '1' }] });
    await step(buyer, order.id, 'submit');
    const { body } = await step(approver, order.id, 'approve');
    const receive = (quantity: string) =>
      buyer.post(`${url(order.id)}/receipts`, { lines: [{ lineId: body.lines[0].id, quantity }] });
    t.equal((await receive('3')).status, 409);
    t.equal((await receive('2')).status, 201);
  });

  t.test('drafts alone; the refusal says so', async (t) => {
    const order = await draft(prepared);
    for (const state of [
      ...['pending_approval', 'approved', 'sent', 'partially_received'],
      ...['received', 'closed', 'cancelled'],
    ]) {
      await service.query('update purchase_orders set status = $2 where id = $1', [order.id, state]);
      t.match(await patch(order.id, { expectedAt: null }), {
        status: 409,
        body: { error: { code: 'INVALID_STATE', details: { state, allowed: ['draft'] } } },
      });
    }
    t.equal((await buyer.get(url(order.id))).body.version, 1);
  });

  t.test('as strictly as they are made', async (t) => {
    const order = await draft(prepared);
    const inactive = await knowItem(service, 'each', { active: false });
    const retired = await addSupplier(buyer);
    await buyer.patch(`/v1/purchasing/suppliers/${retired}`, { active: false });
    const foreign = await addSupplier(service.as('manager', { tenantId: newId() }));
    const line = { itemId, quantity: '1', unitPrice: '1' };
    for (const [what, body, status] of [
      ['nothing', {}, 400],
      ['no lines', { lines: [] }, 400],
      ['half a piece', { lines: [{ ...line, quantity: '0.5' }] }, 400],
      ['an unknown currency', { currency: 'QQQ' }, 400],
      [
        'too much money',
        { lines: [{ ...line, quantity: '99999999999999', unitPrice: '99999999999999' }] },
        400,
      ],
      ['a time before all others', { expectedAt: '0000-01-01T00:00:00Z' }, 400],
      ['a status', { status: 'approved' }, 400],
      ['a supplier who is not there', { supplierId: newId() }, 404],
      ["another tenant's supplier", { supplierId: foreign }, 404],
      ['a site that is not there', { siteId: newId() }, 404],
      ['an item that is not there', { lines: [{ ...line, itemId: newId() }] }, 404],
      ['an inactive item', { lines: [{ ...line, itemId: inactive }] }, 409],
      ['an inactive supplier', { supplierId: retired }, 409],
    ] as const) {
      t.equal((await patch(order.id, body)).status, status, what);
    }
    t.equal((await patch(order.id, { expectedAt: null }, service.as('viewer'))).status, 403);
    const stranger = service.as('owner', { tenantId: newId() });
    t.equal((await patch(order.id, { expectedAt: null }, stranger)).status, 404);
    t.match((await buyer.get(url(order.id))).body, { version: 1, total: '125', lines: [{ quantity: '10' }] });
    const made = await buyer.post('/v1/purchasing/purchase-orders', {
      ...{ supplierId: prepared.supplierId, siteId: prepared.siteId, currency: 'EUR', lines: [line] },
      expectedAt: '0000-01-01T00:00:00Z',
    });
    t.match(made, { status: 400, body: { error: { details: { errors: [{ path: '/expectedAt' }] } } } });
  });

  t.test('one change at a time: a stale version is refused', async (t) => {
    const order = await draft(prepared);
    const bodies = ['1', '2', '3', '4'].map((quantity) => ({
      lines: [{ itemId, quantity, unitPrice: '1' }],
    }));
    const answers = await Promise.all(
      bodies.map((body) => patch(order.id, body, buyer, { 'if-match': '"1"' })),
    );
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
    const won = answers.find(({ status }) => status === 200)?.body;
    const now = (await buyer.get(url(order.id))).body;
    t.match(now, { version: 2, lines: [{ quantity: won.lines[0].quantity }], total: won.total });
    t.equal(now.lines.length, 1);
    const keyed = await Promise.all(
      [1, 2].map(() => patch(order.id, { currency: 'USD' }, buyer, { 'idempotency-key': 'patch' })),
    );
    t.ok(keyed.some(({ status }) => status === 200));
    t.equal((await buyer.get(url(order.id))).body.version, 3, 'the same change twice is one');
  });

  t.test('a change that races with the submission is in it, or refused', async (t) => {
    for (let round = 0; round < 6; round++) {
      const order = await draft(prepared);
      const [change, submission] = await Promise.all([
        patch(order.id, { lines: [{ itemId, quantity: '7', unitPrice: '1' }] }),
        step(buyer, order.id, 'submit'),
      ]);
      t.equal(submission.status, 200);
      const { status, total } = (await buyer.get(url(order.id))).body;
      t.strictSame([status, total], ['pending_approval', change.status === 200 ? '7' : '125']);
      t.ok([200, 409].includes(change.status));
    }
  });

  t.test('who changed it does not approve it', async (t) => {
    const order = await draft(prepared);
    t.equal(
      (await patch(order.id, { lines: [{ itemId, quantity: '1', unitPrice: '9' }] }, approver)).status,
      200,
    );
    await step(buyer, order.id, 'submit');
    t.match(await step(approver, order.id, 'approve'), {
      status: 403,
      body: { error: { message: /changed/ } },
    });
    const key = service.as('manager', { type: 'api_key', personId: approver.personId });
    t.equal((await step(key, order.id, 'approve')).status, 403, 'nor with a key');
    t.equal((await step(buyer, order.id, 'approve')).status, 403, 'nor who made it');
    t.equal((await step(third, order.id, 'approve')).body.status, 'approved');
  });
});
