import t from 'tap';
import {
  makeItem,
  makeLocation,
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

t.test('a batch is posted in the order given, with an audit entry for each movement', async (t) => {
  const site = await makeSite(owner);
  const [a, b] = [await makeItem(owner), await makeItem(owner)];
  const answer = await owner.post(`${base}/batch`, {
    movements: [
      { type: 'RECEIVE', itemId: a.id, siteId: site.id, quantity: '5' },
      { type: 'RECEIVE', itemId: b.id, siteId: site.id, quantity: '7' },
      { type: 'ISSUE', itemId: a.id, siteId: site.id, quantity: '2' },
      { type: 'RECEIVE', itemId: a.id, siteId: site.id, quantity: '1' },
    ],
  });
  t.equal(answer.status, 201);
  const posted = answer.body.movements;
  t.strictSame(
    posted.map((m: { itemId: string; quantity: string }) => [m.itemId, m.quantity]),
    [
      [a.id, '5'],
      [b.id, '7'],
      [a.id, '2'],
      [a.id, '1'],
    ],
  );
  t.equal(await onHand(owner, a.id, site.id), '4');
  t.equal(await onHand(owner, b.id, site.id), '7');
  const ids = new Set(posted.map((m: { id: string }) => m.id));
  const entries = await service.outbox('audit.entry-recorded.v1');
  t.equal(entries.filter((e) => ids.has(e.payload.target.id)).length, 4, 'one audit entry a movement');
});

t.test('a batch with one bad movement posts none', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const good = { type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '1' };
  const count = async () => (await service.query('select id from movements')).length;
  const before = await count();
  for (const [what, bad, status, path] of [
    ['short', { ...good, type: 'ISSUE', quantity: '7' }, 409, undefined],
    ['unknown item', { ...good, itemId: unknownId }, 404, undefined],
    ['unknown site', { ...good, siteId: unknownId }, 404, undefined],
    ['zero', { ...good, quantity: '0' }, 400, '/movements/1/quantity'],
    ['future', { ...good, occurredAt: '2999-01-01T00:00:00Z' }, 400, '/movements/1/occurredAt'],
    ['unknown field', { ...good, extra: 1 }, 400, '/movements/1/extra'],
  ] as const) {
    const answer = await owner.post(`${base}/batch`, { movements: [good, bad] });
    t.equal(answer.status, status, what);
    t.equal(answer.body.error.details?.errors?.[0].path, path, what);
  }
  t.equal(await count(), before);
  t.equal(await onHand(owner, item.id, site.id), '5');
});

t.test('a batch holds 1 to 100 movements', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const good = { type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '1' };
  for (const movements of [[], Array(101).fill(good), undefined, good])
    t.equal((await owner.post(`${base}/batch`, { movements })).status, 400);
  t.equal((await owner.post(`${base}/batch`, { movements: Array(100).fill(good) })).status, 201);
  t.equal(await onHand(owner, item.id, site.id), '105');
});

t.test('a movement is taken back once, by its counter-movement', async (t) => {
  const { item, site, movement } = await makeStock(owner, '5');
  const url = `${base}/${movement.id}`;
  const reversal = await owner.post(`${url}/reverse`, { reason: 'Wrong site' });
  t.equal(reversal.status, 201);
  t.match(reversal.body, { type: 'RECEIVE', quantity: '-5', reversesId: movement.id, reason: 'Wrong site' });
  t.equal(await onHand(owner, item.id, site.id), '0');
  const seen = await owner.get(url, { 'if-none-match': '"1"' });
  t.equal(seen.status, 200, 'its tag has changed');
  t.match(seen.body, { quantity: '5', reversedById: reversal.body.id, version: 2 });
  t.equal(seen.body.updatedAt, reversal.body.createdAt);
  for (const [what, id] of [
    ['again', movement.id],
    ['the reversal', reversal.body.id],
  ])
    t.equal((await owner.post(`${base}/${id}/reverse`)).status, 409, what);
  t.equal((await owner.post(`${base}/${unknownId}/reverse`)).status, 404);
  t.equal((await owner.post(`${url}/reverse`, { reason: 7 })).status, 400);
  t.equal((await owner.post(`${url}/reverse`, { extra: 1 })).status, 400);
  const entries = await service.outbox('audit.entry-recorded.v1');
  t.match(
    entries.filter((e) => e.payload.target.id === reversal.body.id),
    [{ payload: { action: 'inventory.movement.reverse' } }],
  );
});

t.test('what was issued since cannot be taken back', async (t) => {
  const { item, site, movement } = await makeStock(owner, '5');
  await move(owner, { itemId: item.id, siteId: site.id, type: 'ISSUE', quantity: '1' });
  const answer = await owner.post(`${base}/${movement.id}/reverse`);
  t.match(answer, { status: 409, body: { error: { code: 'INSUFFICIENT_STOCK' } } });
  t.equal((await owner.get(`${base}/${movement.id}`)).body.reversedById, null);
});

t.test('every type is taken back, without a body too', async (t) => {
  const { item, site } = await makeStock(owner, '9');
  const shelf = await makeLocation(owner, site.id);
  const place = { itemId: item.id, siteId: site.id };
  for (const fields of [
    { type: 'ISSUE' as const, quantity: '2' },
    { type: 'ADJUST' as const, quantity: '-3' },
    { type: 'ADJUST' as const, quantity: '3' },
    { type: 'TRANSFER' as const, quantity: '4', toLocationId: shelf.id },
  ]) {
    const { body } = await move(owner, { ...place, ...fields });
    t.equal(
      (await owner.post(`${base}/${body.id}/reverse`)).status,
      201,
      `${fields.type} ${fields.quantity}`,
    );
  }
  t.strictSame((await onHand(owner, item.id, site.id)).split(' | ').sort(), ['0', '9']);
});

t.test('after all that, every balance is the sum of its entries', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
});
