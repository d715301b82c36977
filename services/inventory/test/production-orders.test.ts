import t from 'tap';
import { listHas } from './list.ts';
import {
  complete,
  consume,
  lineOf,
  makeBom,
  makeOrder,
  makeRecipe,
  makeReleased,
  movementsOf,
  orders,
} from './production.ts';
import {
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  move,
  onHand,
  startInventory,
  unbalancedPlaces,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const stranger = service.as('owner', { tenantId: unknownId });

const auditOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1'))
    .filter((entry) => entry.payload.target.id === id)
    .map((entry) => entry.payload.action);

t.test('an order is planned, released, consumed for and completed', async (t) => {
  const { site, piece, powder, item, bom } = await makeRecipe(owner);
  const made = await owner.post(orders, {
    ...{ bomId: bom.id, siteId: site.id, quantity: '10', reference: 'Job 7' },
  });
  t.equal(made.status, 201);
  t.hasStrict(made.body, {
    status: 'draft',
    itemId: item.id,
    quantity: '10',
    produced: '0',
    reference: 'Job 7',
  });
  t.hasStrict(made.body.lines, [
    { itemId: piece.id, required: '20', consumed: '0' },
    { itemId: powder.id, required: '5', consumed: '0' },
  ]);
  const url = `${orders}/${made.body.id}`;
  t.strictSame((await owner.get(url)).body, made.body);
  t.equal((await owner.post(`${url}/release`, undefined, { 'if-match': '"9"' })).status, 412);
  t.hasStrict(await owner.post(`${url}/release`, undefined, { 'if-match': '"1"' }), {
    status: 200,
    body: { status: 'released', version: 2 },
  });
  const consumed = await consume(owner, made.body, [
    { lineId: lineOf(made.body, piece).id, quantity: '15' },
    { lineId: lineOf(made.body, powder).id, quantity: '5.25' },
  ]);
  t.equal(consumed.status, 200);
  t.hasStrict(consumed.body.lines, [{ consumed: '15' }, { consumed: '5.25' }]);
  t.equal(await onHand(owner, piece.id, site.id), '85');
  const completed = await complete(owner, made.body, { quantity: '9' });
  t.hasStrict(completed, { status: 200, body: { status: 'completed', produced: '9', version: 4 } });
  t.ok(completed.body.completedAt);
  t.strictSame((await owner.get(url)).body, completed.body);
  t.equal(await onHand(owner, item.id, site.id), '9');
  t.equal(await onHand(owner, piece.id, site.id), '85', 'without backflush nothing else is taken');
  listHas(t, await movementsOf(owner, item.id, 'PRODUCE'), [{ quantity: '9', reference: 'Job 7' }]);
  t.strictSame(
    await auditOf(made.body.id),
    ['create', 'release', 'consume', 'complete'].map((verb) => `inventory.production-order.${verb}`),
  );
  const listed = await owner.get(`${orders}?status=completed&itemId=${item.id}&siteId=${site.id}`);
  t.strictSame(listed.body.data, [completed.body]);
});

t.test('an order keeps the lines that it was made with', async (t) => {
  const { site, piece, bom } = await makeRecipe(owner);
  const order = await makeOrder(owner, { bomId: bom.id, siteId: site.id });
  await owner.patch(`/v1/inventory/boms/${bom.id}`, { lines: [{ itemId: piece.id, quantity: '9' }] });
  t.strictSame((await owner.get(`${orders}/${order.id}`)).body.lines, order.lines);
});

t.test('what cannot be made is not planned', async (t) => {
  const { site, powder, bom } = await makeRecipe(owner);
  const good = { bomId: bom.id, siteId: site.id, quantity: '10' };
  const [closed, unused] = [await makeSite(owner), await makeItem(owner)];
  await owner.patch(`/v1/inventory/sites/${closed.id}`, { active: false });
  const old = await makeBom(owner, unused.id, [[powder.id, '1']]);
  await owner.patch(`/v1/inventory/boms/${old.id}`, { active: false });
  for (const [what, change, status] of [
    ['unknown bill', { bomId: unknownId }, 404],
    ['unknown site', { siteId: unknownId }, 404],
    ['closed site', { siteId: closed.id }, 409],
    ['inactive bill', { bomId: old.id }, 409],
    ['half a piece', { quantity: '0.5' }, 400],
    ['nothing', { quantity: '0' }, 400],
    ['more than a balance can hold', { quantity: '99999999999999' }, 400],
  ] as const)
    t.equal((await owner.post(orders, { ...good, ...change })).status, status, what);
  await owner.patch(`/v1/inventory/items/${powder.id}`, { active: false });
  t.hasStrict(await owner.post(orders, good), { status: 409, body: { error: { code: 'INVALID_STATE' } } });
});

t.test('a step in the wrong state is refused, and told where it is possible', async (t) => {
  const { site, piece, bom } = await makeRecipe(owner);
  const draft = await makeOrder(owner, { bomId: bom.id, siteId: site.id });
  const released = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const completed = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  await complete(owner, completed);
  const cancelled = await makeOrder(owner, { bomId: bom.id, siteId: site.id });
  await owner.post(`${orders}/${cancelled.id}/cancel`);
  for (const [order, state, step, allowed] of [
    [released, 'released', 'release', ['draft']],
    [draft, 'draft', 'consume', ['released']],
    [draft, 'draft', 'complete', ['released']],
    [completed, 'completed', 'consume', ['released']],
    [completed, 'completed', 'complete', ['released']],
    [completed, 'completed', 'cancel', ['draft', 'released']],
    [cancelled, 'cancelled', 'release', ['draft']],
    [cancelled, 'cancelled', 'cancel', ['draft', 'released']],
  ] as const) {
    const body =
      step === 'consume' ? { lines: [{ lineId: lineOf(order, piece).id, quantity: '1' }] } : undefined;
    const answer = await owner.post(`${orders}/${order.id}/${step}`, body);
    t.hasStrict(answer, {
      status: 409,
      body: { error: { code: 'INVALID_STATE', details: { state, allowed } } },
    });
  }
});

t.test('components come from the place and lot that are named, and not from others', async (t) => {
  const site = await makeSite(owner);
  const shelf = await makeLocation(owner, site.id);
  const part = await makeItem(owner, { unit: 'kg', lotTracked: true });
  const [one, two] = [await makeLot(owner, part.id), await makeLot(owner, part.id)];
  for (const [lotId, locationId] of [
    [one.id, shelf.id],
    [two.id, undefined],
  ])
    await move(owner, {
      itemId: part.id,
      siteId: site.id,
      quantity: '10',
      lotId,
      ...(locationId ? { locationId } : {}),
    });
  const bom = await makeBom(owner, (await makeItem(owner)).id, [[part.id, '1']]);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const lineId = lineOf(order, part).id;
  for (const [what, line, status] of [
    ['no lot', { quantity: '1' }, 400],
    ['a place without it', { quantity: '1', lotId: two.id, locationId: shelf.id }, 409],
    ['more than is there', { quantity: '10.000001', lotId: one.id, locationId: shelf.id }, 409],
    ['unknown lot', { quantity: '1', lotId: unknownId }, 404],
    ['unknown location', { quantity: '1', lotId: one.id, locationId: unknownId }, 404],
    ['unknown line', { quantity: '1', lotId: one.id, lineId: unknownId }, 404],
  ] as const)
    t.equal((await consume(owner, order, [{ lineId, ...line }])).status, status, what);
  const short = await consume(owner, order, [
    { lineId, quantity: '6', lotId: one.id, locationId: shelf.id },
    { lineId, quantity: '6', lotId: one.id, locationId: shelf.id },
  ]);
  t.hasStrict(short, { status: 409, body: { error: { code: 'INSUFFICIENT_STOCK' } } }, 'the sum counts');
  t.equal((await owner.get(`${orders}/${order.id}`)).body.lines[0].consumed, '0', 'nothing was taken');

  const taken = await consume(owner, order, [
    { lineId, quantity: '4', lotId: one.id, locationId: shelf.id },
    { lineId, quantity: '2.5', lotId: two.id },
  ]);
  t.hasStrict(taken, { status: 200, body: { lines: [{ consumed: '6.5' }] } });
  listHas(t, await movementsOf(owner, part.id, 'CONSUME'), [
    { quantity: '4', lotId: one.id, locationId: shelf.id },
    { quantity: '2.5', lotId: two.id, locationId: null },
  ]);
});

t.test('output goes to the place and lot that are named', async (t) => {
  const { site, item, bom } = await makeRecipe(owner, { lotTracked: true });
  const lot = await makeLot(owner, item.id);
  const foreign = await makeLot(owner, (await makeItem(owner, { lotTracked: true })).id);
  const shelf = await makeLocation(owner, site.id);
  const elsewhere = await makeLocation(owner, (await makeSite(owner)).id);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  for (const [what, body, status] of [
    ['no lot', undefined, 400],
    ['a lot of something else', { lotId: foreign.id }, 404],
    ['a location of another site', { lotId: lot.id, locationId: elsewhere.id }, 404],
    ['half a piece', { lotId: lot.id, quantity: '0.5' }, 400],
  ] as const)
    t.equal((await complete(owner, order, body)).status, status, what);
  t.equal((await complete(owner, order, { lotId: lot.id, locationId: shelf.id })).status, 200);
  const { body } = await owner.get(`/v1/inventory/balances?itemId=${item.id}`);
  t.hasStrict(body.data, [{ lotId: lot.id, locationId: shelf.id, onHand: '10' }]);
});

t.test('an order is completed once, whoever asks at once', async (t) => {
  const { site, piece, item, bom } = await makeRecipe(owner);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => complete(owner, order, { backflush: true })),
  );
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409, 409, 409]);
  t.equal(await onHand(owner, item.id, site.id), '10');
  t.equal(await onHand(owner, piece.id, site.id), '80');
});

t.test('of completing and cancelling at once one wins, and the ledger follows it', async (t) => {
  for (let round = 0; round < 5; round++) {
    const { site, piece, item, bom } = await makeRecipe(owner);
    const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
    await consume(owner, order, [{ lineId: lineOf(order, piece).id, quantity: '7' }]);
    const answers = await Promise.all([
      complete(owner, order),
      owner.post(`${orders}/${order.id}/cancel`),
      consume(owner, order, [{ lineId: lineOf(order, piece).id, quantity: '1' }]),
    ]);
    t.strictSame(
      answers
        .slice(0, 2)
        .map(({ status }) => status)
        .sort(),
      [200, 409],
    );
    const { status, lines } = (await owner.get(`${orders}/${order.id}`)).body;
    const taken = Number(lines[0].consumed);
    t.equal(await onHand(owner, piece.id, site.id), `${100 - taken}`);
    t.equal(await onHand(owner, item.id, site.id), status === 'completed' ? '10' : '');
  }
});

t.test('cancelling puts everything back to where it came from', async (t) => {
  const { site, piece, powder, bom } = await makeRecipe(owner);
  const shelf = await makeLocation(owner, site.id);
  await move(owner, { itemId: piece.id, siteId: site.id, locationId: shelf.id, quantity: '30' });
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const lineId = lineOf(order, piece).id;
  await consume(owner, order, [
    { lineId, quantity: '10' },
    { lineId, quantity: '20', locationId: shelf.id },
  ]);
  await consume(owner, order, [
    { lineId, quantity: '5', locationId: shelf.id },
    { lineId: lineOf(order, powder).id, quantity: '0.000001' },
  ]);
  // Goods come back to where they were, closed or not.
  await owner.patch(`/v1/inventory/locations/${shelf.id}`, { active: false });
  await owner.patch(`/v1/inventory/items/${powder.id}`, { active: false });
  const cancelled = await owner.post(`${orders}/${order.id}/cancel`, { reason: 'Machine is down' });
  t.hasStrict(cancelled, {
    status: 200,
    body: { status: 'cancelled', produced: '0', lines: [{ consumed: '0' }, { consumed: '0' }] },
  });
  const { body } = await owner.get(`/v1/inventory/balances?itemId=${piece.id}`);
  const places = body.data.map(({ locationId, onHand }: { locationId: string; onHand: string }) => [
    locationId,
    onHand,
  ]);
  t.strictSame(
    new Map(places),
    new Map([
      [null, '100'],
      [shelf.id, '30'],
    ] as never),
  );
  t.equal(await onHand(owner, powder.id, site.id), '50');
  const reversals = (await movementsOf(owner, piece.id, 'CONSUME')).filter(
    (m: { reversesId: string }) => m.reversesId,
  );
  t.equal(reversals.length, 3);
  for (const reversal of reversals) t.hasStrict(reversal, { reason: 'Machine is down' });
  t.strictSame((await auditOf(order.id)).at(-1), 'inventory.production-order.cancel');
});

t.test('the movements of an order are corrected there, not one by one', async (t) => {
  const { site, piece, item, bom } = await makeRecipe(owner);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  await complete(owner, order, { backflush: true });
  for (const [itemId, type] of [
    [piece.id, 'CONSUME'],
    [item.id, 'PRODUCE'],
  ] as const) {
    const [movement] = await movementsOf(owner, itemId, type);
    const answer = await owner.post(`/v1/inventory/movements/${movement.id}/reverse`);
    t.hasStrict(answer, { status: 409, body: { error: { details: { belongsTo: 'production order' } } } });
  }
});

t.test('the same Idempotency-Key completes once and gives the same answer', async (t) => {
  const { site, item, bom } = await makeRecipe(owner);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const headers = { 'idempotency-key': `complete-${order.id}` };
  const send = () => owner.post(`${orders}/${order.id}/complete`, { backflush: true }, headers);
  const [first, second] = [await send(), await send()];
  t.equal(first.status, 200);
  t.strictSame(second.body, first.body);
  t.equal(await onHand(owner, item.id, site.id), '10');
});

t.test('an order of another tenant does not exist', async (t) => {
  const { site, piece, bom } = await makeRecipe(owner);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const url = `${orders}/${order.id}`;
  const lines = [{ lineId: lineOf(order, piece).id, quantity: '1' }];
  for (const answer of [
    await stranger.get(url),
    await stranger.post(`${url}/release`),
    await stranger.post(`${url}/consume`, { lines }),
    await stranger.post(`${url}/complete`),
    await stranger.post(`${url}/cancel`),
    await stranger.post(orders, { bomId: bom.id, siteId: site.id, quantity: '1' }),
  ])
    t.equal(answer.status, 404);
  t.strictSame((await stranger.get(orders)).body.data, []);
  const other = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  t.equal((await consume(owner, other, lines)).status, 404, 'a line of another order neither');
});

t.test('orders and ledger say the same', async (t) => {
  const lines = await service.query(`
    select l.id from production_lines l left join (
      select m.item_id, split_part(coalesce(m.source, o.source), ' ', 2) as line_id, sum(m.quantity) as taken,
        count(*) filter (where m.reverses_id is null) as movements
      from movements m left join movements o on (o.tenant_id, o.id) = (m.tenant_id, m.reverses_id)
      where m.type = 'CONSUME' and coalesce(m.source, o.source) like 'production %' group by 1, 2
    ) s on s.line_id = l.id::text and s.item_id = l.item_id
    where l.consumed <> coalesce(s.taken, 0) or l.consumptions <> coalesce(s.movements, 0)`);
  t.strictSame(lines, [], 'what was consumed');
  const outputs = await service.query(`
    select o.id from production_orders o left join movements m
      on m.tenant_id = o.tenant_id and m.source = 'production ' || o.id || ' output' and m.type = 'PRODUCE'
    where o.produced <> coalesce(m.quantity, 0) or (o.status = 'completed') <> (m.id is not null)`);
  t.strictSame(outputs, [], 'what was produced');
  const [counted] = await service.query<{ n: number }>(
    'select count(*)::int as n from production_lines where consumed > 0',
  );
  t.ok((counted?.n ?? 0) >= 8, 'there was something to compare');
  t.strictSame(await unbalancedPlaces(service), []);
});
