import t from 'tap';
import { evaluateDue } from '../src/reorder-rules/evaluate.ts';
import { listHas } from './list.ts';
import { freshCode, makeItem, makeSite, makeStock, move, startInventory, unknownId } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const base = '/v1/inventory/reorder-rules';

/** Does what the task does, and gives what was told of an item so far, oldest first. */
async function told(itemId: string) {
  while ((await evaluateDue(service.service)) > 0);
  const events = await service.outbox('inventory.stock-level-changed.v1');
  return events
    .filter((event) => event.aggregateId === itemId)
    .map(({ aggregateVersion, payload }) => ({ version: aggregateVersion, ...payload }));
}

const issue = (item: { id: string }, site: { id: string }, quantity: string) =>
  move(owner, { type: 'ISSUE', itemId: item.id, siteId: site.id, quantity });
const receive = (item: { id: string }, site: { id: string }, quantity: string) =>
  move(owner, { itemId: item.id, siteId: site.id, quantity });
const change = (item: { id: string }, body: object) => owner.patch(`/v1/inventory/items/${item.id}`, body);

t.test('that stock fell below the reorder point is told once, however many movements do it', async (t) => {
  const { site, item } = await makeStock(owner, '100', { reorderPoint: '50', reorderQuantity: '200' });
  t.strictSame(await told(item.id), [], 'that there is enough is no news');
  await Promise.all(Array.from({ length: 20 }, () => issue(item, site, '3')));
  t.strictSame(await told(item.id), [
    {
      ...{ version: 2, itemId: item.id, siteId: null, low: true },
      ...{ available: '40', reorderPoint: '50', reorderQuantity: '200' },
    },
  ]);
  await Promise.all(Array.from({ length: 5 }, () => issue(item, site, '1')));
  t.equal((await told(item.id)).length, 1, 'still low is no news either');
});

t.test('that it recovers and falls again is told again, with growing versions', async (t) => {
  const { site, item } = await makeStock(owner, '5', { reorderPoint: '10' });
  await told(item.id);
  await receive(item, site, '5');
  t.hasStrict(
    (await told(item.id)).at(-1),
    { low: false, available: '10' },
    'as much as the point is enough',
  );
  await issue(item, site, '1');
  await told(item.id);
  await receive(item, site, '90');
  await told(item.id);
  await issue(item, site, '98');
  listHas(t, await told(item.id), [
    { version: 1, low: true, available: '5', reorderQuantity: null },
    { version: 2, low: false, available: '10' },
    { version: 3, low: true, available: '9' },
    { version: 4, low: false, available: '99' },
    { version: 5, low: true, available: '1' },
  ]);
});

t.test('a rule is made, read, listed and changed, each with one audit entry', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const body = { itemId: item.id, siteId: site.id, reorderPoint: '5', reorderQuantity: '20' };
  const made = await owner.post(base, body);
  t.hasStrict(made, { status: 201, body: { ...body, active: true, version: 1 } });
  const url = `${base}/${made.body.id}`;
  t.strictSame((await owner.get(url)).body, made.body);
  const listed = await owner.get(`${base}?itemId=${item.id}&siteId=${site.id}&active=true`);
  t.strictSame(listed.body.data, [made.body]);
  t.hasStrict(await owner.post(base, body), { status: 409, body: { error: { code: 'CONFLICT' } } });
  t.equal((await owner.patch(url, { active: false }, { 'if-match': '"2"' })).status, 412);
  const changed = await owner.patch(url, { reorderPoint: '7', active: false }, { 'if-match': '"1"' });
  t.hasStrict(changed, { status: 200, body: { reorderPoint: '7', active: false, version: 2 } });
  for (const [what, fields, status] of [
    ['half a piece', { reorderPoint: '0.5' }, 400],
    ['no quantity', { reorderQuantity: '0' }, 400],
    ['unknown item', { itemId: unknownId }, 404],
    ['unknown site', { siteId: unknownId }, 404],
  ] as const)
    t.equal((await owner.post(base, { ...body, ...fields })).status, status, what);
  const stranger = service.as('owner', { tenantId: unknownId });
  t.equal((await stranger.get(url)).status, 404);
  t.equal((await stranger.patch(url, { active: true })).status, 404);
  const entries = await service.outbox('audit.entry-recorded.v1');
  t.strictSame(
    entries.filter((e) => e.payload.target.id === made.body.id).map((e) => e.payload.action),
    ['inventory.reorder-rule.create', 'inventory.reorder-rule.update'],
  );
});

t.test('of many who make the same rule at once one does', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const body = { itemId: item.id, siteId: site.id, reorderPoint: '5', reorderQuantity: '20' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => owner.post(base, body)));
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409]);
});

t.test('each site has its own rule, beside the reorder point of all', async (t) => {
  const { site: one, item } = await makeStock(owner, '30', { reorderPoint: '40', reorderQuantity: '7' });
  const two = await makeSite(owner);
  await receive(item, two, '30');
  const rule = { itemId: item.id, reorderQuantity: '25' };
  await owner.post(base, { ...rule, siteId: one.id, reorderPoint: '20' });
  await owner.post(base, { ...rule, siteId: two.id, reorderPoint: '20' });
  t.strictSame(await told(item.id), []);
  await issue(item, one, '15');
  listHas(t, await told(item.id), [{ siteId: one.id, low: true, available: '15', reorderQuantity: '25' }]);
  await issue(item, two, '10');
  listHas(t, await told(item.id), [{}, { siteId: null, low: true, available: '35', reorderPoint: '40' }]);
  await owner.post('/v1/inventory/movements', {
    ...{ type: 'TRANSFER', itemId: item.id, siteId: two.id, toSiteId: one.id, quantity: '5' },
  });
  const [, , ...moved] = await told(item.id);
  t.strictSame(
    new Map(moved.map(({ siteId, low, available }) => [siteId, [low, available]])),
    new Map([
      [one.id, [false, '20']],
      [two.id, [true, '15']],
    ]),
  );
});

t.test('a rule is looked at when it is made and when it is changed', async (t) => {
  const { site, item } = await makeStock(owner, '10');
  t.strictSame(await told(item.id), []);
  const { body: rule } = await owner.post(base, {
    ...{ itemId: item.id, siteId: site.id, reorderPoint: '11', reorderQuantity: '5' },
  });
  listHas(t, await told(item.id), [{ siteId: site.id, low: true, reorderPoint: '11' }]);
  await owner.patch(`${base}/${rule.id}`, { reorderPoint: '10' });
  listHas(t, (await told(item.id)).slice(1), [{ low: false, reorderPoint: '10' }]);
  await owner.patch(`${base}/${rule.id}`, { reorderPoint: '12' });
  await owner.patch(`${base}/${rule.id}`, { reorderQuantity: '50' });
  listHas(t, (await told(item.id)).slice(2), [{ low: true, reorderQuantity: '50' }]);
});

t.test('an inactive rule asks for nothing', async (t) => {
  const { site, item } = await makeStock(owner, '10');
  const { body: rule } = await owner.post(base, {
    ...{ itemId: item.id, siteId: site.id, reorderPoint: '20', reorderQuantity: '5' },
  });
  listHas(t, await told(item.id), [{ low: true }]);
  await owner.patch(`${base}/${rule.id}`, { active: false });
  listHas(t, (await told(item.id)).slice(1), [{ low: false, available: '10' }]);
  await issue(item, site, '5');
  t.equal((await told(item.id)).length, 2, 'nothing while it is inactive');
  await owner.patch(`${base}/${rule.id}`, { active: true });
  listHas(t, (await told(item.id)).slice(2), [{ low: true, available: '5' }]);
});

t.test('what is reserved is not available', async (t) => {
  const { site, item } = await makeStock(owner, '100', { reorderPoint: '50' });
  const reserved = await owner.post('/v1/inventory/reservations', {
    ...{ itemId: item.id, siteId: site.id, quantity: '60' },
  });
  t.equal(reserved.status, 201);
  listHas(t, await told(item.id), [{ low: true, available: '40' }]);
  await owner.post(`/v1/inventory/reservations/${reserved.body.id}/release`);
  listHas(t, (await told(item.id)).slice(1), [{ low: false, available: '100' }]);
});

t.test('a reorder point of an item is looked at when it is set, changed and taken away', async (t) => {
  const { item } = await makeStock(owner, '10');
  await change(item, { reorderPoint: '20' });
  listHas(t, await told(item.id), [{ low: true, reorderPoint: '20' }]);
  await change(item, { reorderPoint: '10' });
  listHas(t, (await told(item.id)).slice(1), [{ low: false }]);
  await change(item, { reorderPoint: '30', reorderQuantity: '9' });
  listHas(t, (await told(item.id)).slice(2), [{ low: true, reorderQuantity: '9' }]);
  await change(item, { reorderPoint: null });
  listHas(t, (await told(item.id)).slice(3), [{ low: false, available: '10', reorderPoint: '30' }]);
  const [state] = await service.query('select low from reorder_states where item_id = $1', [item.id]);
  t.equal(state?.low, false, 'nobody is shown it as low any more');
});

t.test('an item that is made inactive asks for nothing, and asks again when it is active', async (t) => {
  const { site, item } = await makeStock(owner, '10', { reorderPoint: '20' });
  await owner.post(base, { itemId: item.id, siteId: site.id, reorderPoint: '15', reorderQuantity: '5' });
  t.equal((await told(item.id)).length, 2);
  await change(item, { active: false });
  listHas(t, (await told(item.id)).slice(2), [{ low: false }, { low: false }]);
  await change(item, { active: true });
  listHas(t, (await told(item.id)).slice(4), [{ low: true }, { low: true }]);
});

t.test('an item that never had stock is low from the beginning', async (t) => {
  const item = await makeItem(owner, { reorderPoint: '5' });
  listHas(t, await told(item.id), [{ low: true, available: '0' }]);
});

t.test('replicas that look at once tell it once', async (t) => {
  const { site, item } = await makeStock(owner, '100', { reorderPoint: '50' });
  await issue(item, site, '60');
  await Promise.all(Array.from({ length: 6 }, () => evaluateDue(service.service)));
  t.equal((await told(item.id)).length, 1);
});

t.test('movements and looking at once end with the state of the last movement', async (t) => {
  const { site, item } = await makeStock(owner, '100', { reorderPoint: '50' });
  const moves = Array.from({ length: 30 }, (_, at) =>
    at % 2 ? receive(item, site, '60') : issue(item, site, '60'),
  );
  const looks = Array.from({ length: 15 }, () => evaluateDue(service.service));
  await Promise.all([...moves, ...looks]);
  const events = await told(item.id);
  const [stock] = await service.query<{ low: boolean }>(
    'select sum(on_hand) < 50 as low from balances where item_id = $1',
    [item.id],
  );
  t.equal(events.at(-1)?.low ?? false, stock?.low);
  const versions = events.map(({ version }) => version);
  t.strictSame(
    versions,
    [...new Set(versions)].sort((a, b) => a - b),
    'each version once, in order',
  );
  for (const [at, event] of events.entries()) t.equal(event.low, at % 2 === 0, 'low and not low in turn');
});

t.test('what another tenant has counts for nothing', async (t) => {
  const sku = freshCode('I');
  const { item } = await makeStock(owner, '10', { sku, reorderPoint: '20' });
  const stranger = service.as('owner', { tenantId: unknownId });
  const { item: same } = await makeStock(stranger, '1000', { sku, reorderPoint: '20' });
  listHas(t, await told(item.id), [{ low: true, available: '10' }]);
  t.strictSame(await told(same.id), []);
});
