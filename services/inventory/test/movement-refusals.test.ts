import t from 'tap';
import { makeLocation, makeSite, makeStock, move, onHand, startInventory, unknownId } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const base = '/v1/inventory/movements';

t.test('what is missing or wrong in a movement is a 400 that names it', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const good = { type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '1' };
  const before = await service.query('select id from movements');
  for (const field of Object.keys(good)) {
    const answer = await owner.post(base, { ...good, [field]: undefined });
    t.match(
      answer,
      { status: 400, body: { error: { details: { errors: [{ path: `/${field}` }] } } } },
      field,
    );
  }
  const bad: Record<string, unknown[]> = {
    type: ['COUNT', 'receive', 1, null],
    itemId: ['nonsense', 1, null],
    siteId: ['nonsense', 1],
    quantity: [1, '0', '0.00', '-1', '1e3', '01', '.5', '1.1234567', '1.5', '', null, '100000000000000'],
    locationId: ['nonsense', null],
    lotId: ['nonsense', 1],
    toSiteId: [site.id, 'nonsense'],
    toLocationId: [unknownId],
    reason: ['', 7, 'x'.repeat(501)],
    reference: ['', 7],
    occurredAt: ['yesterday', '2016-12-31T23:59:60Z', '0001-01-01T00:00:00Z', inSeconds(400), 7],
    expectedOnHand: [5, 'many'],
    extra: [1],
  };
  for (const [field, values] of Object.entries(bad)) {
    for (const value of values) {
      const answer = await owner.post(base, { ...good, [field]: value });
      t.equal(answer.status, 400, `${field} ${JSON.stringify(value)}`);
      t.equal(answer.body.error.details.errors[0].path, `/${field}`);
    }
  }
  t.equal((await owner.post(base, { ...good, type: 'ADJUST', quantity: '0' })).status, 400);
  t.equal(
    (await owner.post(base, { ...good, occurredAt: inSeconds(200) })).status,
    201,
    'clocks differ a little',
  );
  const transfer = { ...good, type: 'TRANSFER' };
  t.equal((await owner.post(base, transfer)).body.error.details.errors[0].path, '/toSiteId');
  const nowhere = await owner.post(base, { ...transfer, toSiteId: site.id });
  t.equal(nowhere.body.error.details.errors[0].path, '/toLocationId', 'from a place to itself');
  const after = await service.query('select id from movements');
  t.equal(after.length, before.length + 1, 'only the good one is in the ledger');
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

t.test('a balance that would have too many digits is refused', async (t) => {
  const { item, site } = await makeStock(owner, '99999999999999');
  const answer = await move(owner, { itemId: item.id, siteId: site.id, quantity: '1' });
  t.match(answer, { status: 400, body: { error: { details: { errors: [{ path: '/quantity' }] } } } });
});

t.test("what is unknown, or another tenant's, is a 404", async (t) => {
  const { item, site, movement } = await makeStock(owner, '5');
  const stranger = service.as('owner', { tenantId: unknownId });
  const theirs = await makeStock(stranger, '5');
  const shelf = await makeLocation(owner, site.id);
  const otherSite = await makeSite(owner);
  const good = { itemId: item.id, siteId: site.id };
  for (const [what, fields] of Object.entries({
    'unknown item': { itemId: unknownId },
    'foreign item': { itemId: theirs.item.id },
    'unknown site': { siteId: unknownId },
    'foreign site': { siteId: theirs.site.id },
    'unknown location': { locationId: unknownId },
    "another site's location": { siteId: otherSite.id, locationId: shelf.id },
    'foreign target': { type: 'TRANSFER' as const, toSiteId: theirs.site.id },
    'unknown target location': { type: 'TRANSFER' as const, toSiteId: otherSite.id, toLocationId: shelf.id },
  })) {
    const answer = await move(owner, { ...good, quantity: '1', ...fields });
    t.equal(answer.status, 404, what);
  }
  t.equal((await stranger.get(`${base}/${movement.id}`)).status, 404);
  t.equal((await stranger.post(`${base}/${movement.id}/reverse`)).status, 404);
  t.equal((await owner.get(`${base}/${unknownId}`)).status, 404);
  t.equal((await owner.get(`${base}/nonsense`)).status, 400);
  t.equal(await onHand(owner, item.id, site.id), '5');
  t.equal(await onHand(stranger, theirs.item.id, theirs.site.id), '5');
});

t.test('what is inactive takes no movements', async (t) => {
  for (const kind of ['sites', 'locations', 'items'] as const) {
    const { site, item } = await makeStock(owner, '5');
    const shelf = await makeLocation(owner, site.id);
    const id = { sites: site.id, locations: shelf.id, items: item.id }[kind];
    await owner.patch(`/v1/inventory/${kind}/${id}`, { active: false });
    const answer = await move(owner, { itemId: item.id, siteId: site.id, locationId: shelf.id });
    t.match(answer, { status: 409, body: { error: { code: 'INVALID_STATE' } } }, kind);
  }
});

t.test('readers post nothing', async (t) => {
  const { item, site, movement } = await makeStock(owner, '5');
  for (const role of ['viewer', 'auditor'] as const) {
    const reader = service.as(role);
    t.equal((await move(reader, { itemId: item.id, siteId: site.id })).status, 403);
    t.equal((await reader.post(`${base}/batch`, { movements: [] })).status, 403);
    t.equal((await reader.post(`${base}/${movement.id}/reverse`)).status, 403);
    t.equal((await reader.get(`${base}/${movement.id}`)).status, 200);
  }
  t.equal((await move(service.as('operator'), { itemId: item.id, siteId: site.id })).status, 201);
  t.equal((await service.anonymous('POST', base)).status, 401);
});
