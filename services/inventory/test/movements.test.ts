import t from 'tap';
import {
  freshCode,
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  move,
  onHand,
  startInventory,
  unbalancedPlaces,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const base = '/v1/inventory/movements';

const entriesOf = (movementId: string) =>
  service.query(
    `select line, site_id, trim_scale(quantity)::text as quantity
     from ledger_entries e join balances b on (b.tenant_id, b.id) = (e.tenant_id, e.balance_id) where movement_id = $1 order by line`,
    [movementId],
  );

t.test('goods are received, issued and adjusted', async (t) => {
  const { site, item, movement } = await makeStock(owner, '10.50', { unit: 'kg' });
  t.match(movement, {
    type: 'RECEIVE',
    itemId: item.id,
    siteId: site.id,
    locationId: null,
    lotId: null,
    quantity: '10.5',
    version: 1,
    reversesId: null,
    reversedById: null,
    actor: { type: 'user', name: 'Test owner' },
  });
  t.strictSame(await entriesOf(movement.id), [{ line: 0, site_id: site.id, quantity: '10.5' }]);
  t.strictSame((await owner.get(`${base}/${movement.id}`)).body, movement);
  const place = { itemId: item.id, siteId: site.id };
  const issued = await move(owner, {
    ...place,
    type: 'ISSUE',
    quantity: '0.000001',
    reason: 'Sample',
    reference: 'SO-1',
    occurredAt: '2026-01-02T03:04:05+01:00',
  });
  t.match(issued.body, {
    quantity: '0.000001',
    reason: 'Sample',
    reference: 'SO-1',
    occurredAt: '2026-01-02T02:04:05.000Z',
  });
  t.strictSame(await entriesOf(issued.body.id), [{ line: 0, site_id: site.id, quantity: '-0.000001' }]);
  t.equal(await onHand(owner, item.id, site.id), '10.499999');
  t.equal((await move(owner, { ...place, type: 'ADJUST', quantity: '-0.499999' })).status, 201);
  t.equal((await move(owner, { ...place, type: 'ADJUST', quantity: '2' })).status, 201);
  const balances = await owner.get(`/v1/inventory/balances?itemId=${item.id}`);
  t.match(balances.body, {
    data: [{ ...place, locationId: null, lotId: null, onHand: '12', reserved: '0', available: '12' }],
    nextCursor: null,
  });
  t.equal(balances.body.data.length, 1);
});

t.test('each movement has one audit entry', async (t) => {
  const { item, movement } = await makeStock(owner, '3');
  const entries = (await service.outbox('audit.entry-recorded.v1')).filter(
    (entry) => entry.payload.target.id === movement.id,
  );
  t.equal(entries.length, 1);
  t.match(entries[0]?.payload, {
    action: 'inventory.movement.create',
    target: { type: 'movement' },
    changes: { itemId: { before: null, after: item.id }, quantity: { before: null, after: '3' } },
  });
});

t.test('more than there is cannot be taken, and nothing is left of the try', async (t) => {
  const { item, site } = await makeStock(owner, '3');
  const before = (await service.outbox()).length;
  for (const [type, quantity] of [
    ['ISSUE', '4'],
    ['ADJUST', '-4'],
  ] as const) {
    const answer = await move(owner, { itemId: item.id, siteId: site.id, type, quantity });
    t.equal(answer.status, 409, type);
    t.match(answer.body.error, { code: 'INSUFFICIENT_STOCK', details: { itemId: item.id, available: '3' } });
  }
  const elsewhere = await makeSite(owner);
  t.equal(
    (await move(owner, { itemId: item.id, siteId: elsewhere.id, type: 'ISSUE', quantity: '1' })).status,
    409,
  );
  t.equal(await onHand(owner, item.id, elsewhere.id), '', 'no balance was made');
  t.equal(await onHand(owner, item.id, site.id), '3');
  t.equal((await service.outbox()).length, before + 2, 'only of the site');
});

t.test('an item that allows it goes below zero, and back to forbidden only when nothing is', async (t) => {
  const { item, site } = await makeStock(owner, '1', { allowNegative: true });
  const place = { itemId: item.id, siteId: site.id };
  t.equal((await move(owner, { ...place, type: 'ISSUE', quantity: '3' })).status, 201);
  t.equal(await onHand(owner, item.id, site.id), '-2');
  const url = `/v1/inventory/items/${item.id}`;
  const refused = await owner.patch(url, { allowNegative: false });
  t.equal(refused.status, 409);
  t.equal((await owner.get(url)).body.allowNegative, true);
  await move(owner, { ...place, quantity: '2' });
  t.equal((await owner.patch(url, { allowNegative: false })).status, 200);
  t.equal((await move(owner, { ...place, type: 'ISSUE', quantity: '1' })).status, 409);
});

t.test('transfers take from one place and put to another', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const other = await makeSite(owner);
  const shelf = await makeLocation(owner, other.id);
  const place = { itemId: item.id, siteId: site.id, type: 'TRANSFER' as const };
  const moved = await move(owner, { ...place, quantity: '4', toSiteId: other.id, toLocationId: shelf.id });
  t.equal(moved.status, 201);
  t.strictSame(await entriesOf(moved.body.id), [
    { line: 0, site_id: site.id, quantity: '-4' },
    { line: 1, site_id: other.id, quantity: '4' },
  ]);
  t.equal(await onHand(owner, item.id, site.id), '6');
  t.equal(await onHand(owner, item.id, other.id), '4');
  const back = await move(owner, {
    ...place,
    siteId: other.id,
    locationId: shelf.id,
    quantity: '1',
    toSiteId: site.id,
  });
  t.equal(back.status, 201);
  const within = await makeLocation(owner, site.id);
  const inside = await move(owner, { ...place, quantity: '2', toLocationId: within.id });
  t.match(inside.body, { toSiteId: site.id, toLocationId: within.id });
  t.equal(
    (await move(owner, { ...place, quantity: '6', toSiteId: other.id })).body.error.code,
    'INSUFFICIENT_STOCK',
  );
  const found = await owner.get(`${base}?siteId=${other.id}&itemId=${item.id}`);
  t.equal(found.body.data.length, 2, 'a site lists what came to it and what left it');
});

t.test('stock is kept apart by lot', async (t) => {
  const site = await makeSite(owner);
  const item = await makeItem(owner, { lotTracked: true });
  const [one, two] = [await makeLot(owner, item.id), await makeLot(owner, item.id)];
  const place = { itemId: item.id, siteId: site.id };
  t.equal((await move(owner, { ...place, lotId: one.id })).status, 201);
  const short = await move(owner, { ...place, lotId: two.id, type: 'ISSUE', quantity: '1' });
  t.equal(short.body.error.code, 'INSUFFICIENT_STOCK');
  t.equal((await move(owner, place)).body.error.details.errors[0].path, '/lotId', 'the lot is required');
  const foreign = await makeLot(owner, (await makeItem(owner)).id);
  t.equal((await move(owner, { ...place, lotId: foreign.id })).status, 404, 'a lot of another item');
  const untracked = await makeItem(owner);
  const refused = await move(owner, { itemId: untracked.id, siteId: site.id, lotId: one.id });
  t.equal(refused.body.error.details.errors[0].path, '/lotId');
});

t.test('the caller says what should be on hand', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const place = { itemId: item.id, siteId: site.id };
  const wrong = await move(owner, { ...place, expectedOnHand: '6' });
  t.match(wrong, { status: 409, body: { error: { code: 'CONFLICT', details: { onHand: '5' } } } });
  t.equal((await move(owner, { ...place, quantity: '1', expectedOnHand: '5.000' })).status, 201);
  t.equal(await onHand(owner, item.id, site.id), '6');
});

t.test('movements are filtered and paged', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const reference = freshCode('SO');
  for (let i = 0; i < 3; i++)
    await move(owner, { itemId: item.id, siteId: site.id, type: 'ISSUE', quantity: '1', reference });
  const first = await owner.get(`${base}?itemId=${item.id}&limit=3`);
  t.strictSame(
    first.body.data.map((m: { type: string }) => m.type),
    ['ISSUE', 'ISSUE', 'ISSUE'],
  );
  const rest = await owner.get(`${base}?itemId=${item.id}&limit=3&cursor=${first.body.nextCursor}`);
  t.match(rest.body, { data: [{ type: 'RECEIVE' }], nextCursor: null });
  t.equal((await owner.get(`${base}?itemId=${item.id}&type=RECEIVE`)).body.data.length, 1);
  t.equal((await owner.get(`${base}?reference=${reference}`)).body.data.length, 3);
  t.equal((await owner.get(`${base}?siteId=${unknownId}`)).body.data.length, 0);
  for (const query of ['type=NONE', 'itemId=x', 'limit=x', 'sku=1'])
    t.equal((await owner.get(`${base}?${query}`)).status, 400, query);
});

t.test('after all that, every balance is the sum of its entries', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
});
