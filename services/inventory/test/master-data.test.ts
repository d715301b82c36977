import t from 'tap';
import { freshCode, makeItem, makeLocation, makeSite, startInventory, unknownId } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const stranger = service.as('owner', { tenantId: unknownId });
const base = '/v1/inventory';

/** One kind of master data: how it is made well, what is wrong with a body, and what a change of it looks like. */
interface Kind {
  path: string;
  noun: string;
  body(): Promise<Record<string, unknown>>;
  required: string[];
  bad: Record<string, unknown[]>;
  change: Record<string, unknown>;
  duplicate: string;
  event?: string;
}

const kinds: Kind[] = [
  {
    path: 'sites',
    noun: 'site',
    body: async () => ({ code: freshCode('S'), name: 'Hamburg', timeZone: 'Europe/Berlin' }),
    required: ['code', 'name'],
    bad: {
      code: ['', 'a b', 'x'.repeat(33), 7, null],
      name: ['', '   ', 'x'.repeat(201), 7],
      timeZone: ['', 'Mars/Olympus', '+02:00', 7],
    },
    change: { name: 'Bremen', active: false },
    duplicate: 'code',
    event: 'inventory.site-changed.v1',
  },
  {
    path: 'locations',
    noun: 'location',
    body: async () => ({ siteId: (await makeSite(owner)).id, code: freshCode('L'), name: 'Aisle 4' }),
    required: ['siteId', 'code'],
    bad: { siteId: ['', 'nonsense', 7], code: ['', 'ä', 'x'.repeat(33)], name: ['', ' ', 7] },
    change: { name: 'Aisle 5', active: false },
    duplicate: 'code',
  },
  {
    path: 'items',
    noun: 'item',
    body: async () => ({
      sku: freshCode('I'),
      name: 'Steel bracket',
      unit: 'kg',
      description: 'Zinc plated',
      barcode: freshCode('400'),
      reorderPoint: '12.50',
      reorderQuantity: '100',
      allowNegative: false,
      lotTracked: false,
    }),
    required: ['sku', 'name', 'unit'],
    bad: {
      sku: ['', 'a/b', 'x'.repeat(33), 7],
      name: ['', 7],
      unit: ['piece', '', null],
      description: ['', ' \t', 7],
      barcode: ['', 'two words', 7],
      reorderPoint: [5, '-1', '1e3', '1.1234567', '01', ''],
      reorderQuantity: ['0', '-1', 5],
      allowNegative: ['true', 1],
      lotTracked: ['no', 0],
    },
    change: { name: 'Brass bracket', reorderPoint: null, allowNegative: true },
    duplicate: 'sku',
    event: 'inventory.item-changed.v1',
  },
  {
    path: 'lots',
    noun: 'lot',
    body: async () => ({
      itemId: (await makeItem(owner)).id,
      code: freshCode('LOT'),
      expiresAt: '2031-05-01T00:00:00.000Z',
    }),
    required: ['itemId', 'code'],
    bad: { itemId: ['x', 7], code: ['', 'a b'], expiresAt: ['soon', '2016-12-31T23:59:60Z', 7] },
    change: { expiresAt: '2032-06-01T00:00:00.000Z' },
    duplicate: 'code',
  },
];

for (const kind of kinds) {
  const url = `${base}/${kind.path}`;

  t.test(`${kind.path}: made, read and listed`, async (t) => {
    const body = await kind.body();
    const made = await owner.post(url, body);
    t.equal(made.status, 201);
    t.match(made.body, { ...body, ...wellKnown(kind), version: 1 });
    t.equal(made.headers.etag, '"1"');
    const read = await owner.get(`${url}/${made.body.id}`);
    t.strictSame(read.body, made.body);
    const unchanged = await owner.get(`${url}/${made.body.id}`, { 'if-none-match': '"1"' });
    t.equal(unchanged.status, 304);
    const listed = await owner.get(url);
    t.equal(listed.body.data[0].id, made.body.id, 'newest first');
    const [row] = await service.query<{ tenant_id: string }>(
      `select tenant_id from ${kind.path} where id = $1`,
      [made.body.id],
    );
    t.equal(row?.tenant_id, service.tenantId);
    await toldOnce(t, kind, made.body.id, 'create');
  });

  t.test(`${kind.path}: what is missing or wrong is a 400 that names it`, async (t) => {
    const body = await kind.body();
    for (const field of kind.required) {
      const { [field]: _, ...rest } = body;
      const answer = await owner.post(url, rest);
      t.equal(answer.status, 400, `without ${field}`);
      t.match(answer.body.error.details.errors, [{ path: `/${field}` }], `names ${field}`);
    }
    for (const [field, values] of Object.entries(kind.bad)) {
      for (const value of values) {
        const answer = await owner.post(url, { ...body, [field]: value });
        t.equal(answer.status, 400, `${field} ${JSON.stringify(value)}`);
        t.equal(answer.body.error.code, 'VALIDATION_ERROR');
        t.equal(answer.body.error.details.errors[0].path, `/${field}`);
      }
    }
    t.equal((await owner.post(url, { ...body, extra: 1 })).status, 400, 'unknown field');
    t.equal((await owner.post(url, { ...body, id: unknownId })).status, 400, 'the id is not the caller’s');
    t.equal((await owner.get(`${url}?nonsense=1`)).status, 400, 'unknown filter');
    t.equal((await owner.get(`${url}?limit=0`)).status, 400);
    t.equal((await owner.get(`${url}?cursor=nonsense`)).status, 400);
    const [count] = await service.query<{ n: number }>(
      `select count(*)::int as n from ${kind.path} where ${kind.duplicate} = $1`,
      [body[kind.duplicate]],
    );
    t.equal(count?.n, 0, 'nothing was stored');
  });

  t.test(`${kind.path}: a ${kind.duplicate} that is taken is a 409`, async (t) => {
    const body = await kind.body();
    await owner.post(url, body);
    const again = await owner.post(url, body);
    t.equal(again.status, 409);
    t.equal(again.body.error.code, 'CONFLICT');
  });

  t.test(`${kind.path}: another tenant's, an unknown and a malformed id`, async (t) => {
    const { body: made } = await owner.post(url, await kind.body());
    for (const [caller, id, status] of [
      [stranger, made.id, 404],
      [owner, unknownId, 404],
      [owner, 'nonsense', 400],
    ] as const) {
      t.equal((await caller.get(`${url}/${id}`)).status, status);
      t.equal((await caller.patch(`${url}/${id}`, kind.change)).status, status);
    }
    t.strictSame((await stranger.get(url)).body, { data: [], nextCursor: null });
  });

  t.test(`${kind.path}: readers do not write, and nobody comes without a principal`, async (t) => {
    t.equal((await service.as('viewer').get(url)).status, 200);
    t.equal((await service.as('viewer').post(url, await kind.body())).status, 403);
    t.equal((await service.as('owner', { scopes: ['purchasing:read'] }).get(url)).status, 403);
    t.equal((await service.anonymous('GET', url)).status, 401);
  });

  const { change } = kind;

  t.test(`${kind.path}: changed`, async (t) => {
    const { body: made } = await owner.post(url, await kind.body());
    const changed = await owner.patch(`${url}/${made.id}`, change, { 'if-match': '"1"' });
    t.equal(changed.status, 200);
    t.match(changed.body, { ...change, version: 2 });
    t.strictSame((await owner.get(`${url}/${made.id}`)).body, changed.body);
    await toldOnce(t, kind, made.id, 'update');
    const stale = await owner.patch(`${url}/${made.id}`, change, { 'if-match': '"1"' });
    t.equal(stale.status, 412);
    t.equal((await owner.patch(`${url}/${made.id}`, {})).status, 400, 'nothing to change');
    t.equal((await owner.patch(`${url}/${made.id}`, { ...change, extra: 1 })).status, 400);
    t.equal((await owner.patch(`${url}/${made.id}`, { name: 7 })).status, 400);
    t.equal((await owner.get(`${url}/${made.id}`)).body.version, 2, 'no refusal changed it');
  });
}

type Assertions = Pick<typeof t, 'equal'>;

const wellKnown = ({ path }: Kind) => (path === 'items' ? { reorderPoint: '12.5' } : {});

/** One audit entry, and the event that others copy from, with the version. */
async function toldOnce(t: Assertions, kind: Kind, id: string, verb: 'create' | 'update'): Promise<void> {
  const entries = (await service.outbox('audit.entry-recorded.v1')).filter(
    ({ payload }) => payload.target.id === id && payload.action === `inventory.${kind.noun}.${verb}`,
  );
  t.equal(entries.length, 1, `one audit entry of the ${verb}`);
  if (!kind.event) return;
  const events = (await service.outbox(kind.event)).filter((event) => event.aggregateId === id);
  t.equal(events.at(-1)?.aggregateVersion, verb === 'create' ? 1 : 2);
}

t.test('lists go on where the page before ended, and are filtered', async (t) => {
  const site = await makeSite(owner);
  const made = [];
  for (let i = 0; i < 5; i++) made.push((await makeLocation(owner, site.id)).id);
  const seen: string[] = [];
  let url = `${base}/locations?siteId=${site.id}&limit=2`;
  for (let pages = 0; pages < 4; pages++) {
    const { body } = await owner.get(url);
    seen.push(...body.data.map((row: { id: string }) => row.id));
    if (body.nextCursor === null) break;
    url = `${base}/locations?siteId=${site.id}&limit=2&cursor=${body.nextCursor}`;
  }
  t.strictSame(seen, made.reverse());
});

t.test('items are found by a part of what they are called', async (t) => {
  const marker = freshCode('50%_off');
  const item = await makeItem(owner, { name: `Hinge ${marker}`, barcode: freshCode('123') });
  await makeItem(owner, { name: `Hinge ${marker.replace('%_', 'XY')}` });
  const find = async (query: string) =>
    (await owner.get(`${base}/items?${query}`)).body.data.map((row: { id: string }) => row.id);
  t.strictSame(await find(`search=${encodeURIComponent(marker.toUpperCase())}`), [item.id], 'no wildcards');
  t.strictSame(await find(`sku=${item.sku}`), [item.id]);
  t.strictSame(await find(`barcode=${item.barcode}`), [item.id]);
  t.strictSame(await find(`sku=${item.sku.slice(0, -1)}`), [], 'the SKU is exact');
  t.strictSame(await find(`search=${freshCode('none')}`), []);
  t.equal((await owner.post(`${base}/items`, { ...pick(item), sku: freshCode('I') })).status, 409, 'barcode');
});

const pick = ({ name, unit, barcode }: Record<string, unknown>) => ({ name, unit, barcode });

t.test('an item that is counted by each has whole quantities', async (t) => {
  const answer = await owner.post(`${base}/items`, {
    sku: freshCode('I'),
    name: 'Bolt',
    unit: 'each',
    reorderPoint: '1.5',
  });
  t.equal(answer.status, 400);
  t.equal(answer.body.error.details.errors[0].path, '/reorderPoint');
});

t.test('what belongs to another tenant, or to nobody, cannot be built on', async (t) => {
  const site = await makeSite(owner);
  const item = await makeItem(owner);
  for (const [caller, siteId, itemId] of [
    [stranger, site.id, item.id],
    [owner, unknownId, unknownId],
  ] as const) {
    t.equal((await caller.post(`${base}/locations`, { siteId, code: 'A' })).status, 404);
    t.equal((await caller.post(`${base}/lots`, { itemId, code: 'A' })).status, 404);
  }
});

t.test('the code of the holding location is kept', async (t) => {
  const site = await makeSite(owner);
  t.equal((await owner.post(`${base}/locations`, { siteId: site.id, code: 'HOLDING' })).status, 409);
});
