import { newId } from '@stockade/database';
import t from 'tap';
import { pick } from '../src/picks/rules.ts';
import {
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  move,
  onHand,
  startInventory,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

const plan = (itemId: string, siteId: string, quantity: string, caller = owner) =>
  caller.get(`/v1/inventory/picks?itemId=${itemId}&siteId=${siteId}&quantity=${quantity}`);

t.test('it takes what is wanted from the first that has it, then the next', async (t) => {
  const stock = [4n, 0n, -2n, 5n, 9n].map((available, no) => ({ no, available }));
  const taken = (wanted: bigint) => {
    const { picks, shortage } = pick(stock, wanted);
    return [picks.map(({ from, quantity }) => [from.no, quantity]), shortage];
  };
  t.strictSame(taken(0n), [[], 0n]);
  t.strictSame(taken(4n), [[[0, 4n]], 0n]);
  t.strictSame(taken(6n), [
    [
      [0, 4n],
      [3, 2n],
    ],
    0n,
  ]);
  t.strictSame(taken(20n), [
    [
      [0, 4n],
      [3, 5n],
      [4, 9n],
    ],
    2n,
  ]);
  t.strictSame(pick([], 3n), { picks: [], shortage: 3n });
});

t.test('what expires first is picked first, what has expired never; what is short is told', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner, { lotTracked: true, unit: 'kg' })];
  const shelf = await makeLocation(owner, site.id);
  const lots: Record<string, string> = {};
  for (const [name, expiresAt] of [
    ['late', '2031-01-01T00:00:00Z'],
    ['timeless', undefined],
    ['expired', '2001-01-01T00:00:00Z'],
    ['soon', '2030-01-01T00:00:00Z'],
  ] as const) {
    const lot = await makeLot(owner, item.id, expiresAt ? { expiresAt } : {});
    lots[name] = lot.id;
    const place = { itemId: item.id, siteId: site.id, lotId: lot.id, quantity: '2.5' };
    await move(owner, name === 'late' ? { ...place, locationId: shelf.id } : place);
  }
  const { status, body } = await plan(item.id, site.id, '6');
  t.equal(status, 200);
  const at = { locationId: null, available: '2.5' };
  t.strictSame(body, {
    data: [
      { ...at, lotId: lots.soon, expiresAt: '2030-01-01T00:00:00.000Z', quantity: '2.5' },
      {
        ...at,
        locationId: shelf.id,
        lotId: lots.late,
        expiresAt: '2031-01-01T00:00:00.000Z',
        quantity: '2.5',
      },
      { ...at, lotId: lots.timeless, expiresAt: null, quantity: '1' },
    ],
    shortage: '0',
  });
  t.match((await plan(item.id, site.id, '9')).body, { shortage: '1.5' });
  await owner.post('/v1/inventory/reservations', { itemId: item.id, siteId: site.id, quantity: '3' });
  t.match(
    (await plan(item.id, site.id, '9')).body,
    { data: [{ lotId: lots.late, available: '2' }, { lotId: lots.timeless }], shortage: '4.5' },
    'what is reserved is not there to pick',
  );
  t.equal(await onHand(owner, item.id, site.id), '2.5 | 2.5 | 2.5 | 2.5', 'a plan takes nothing');
});

t.test('closed locations and what is held to be looked at are left out', async (t) => {
  const { item, site } = await makeStock(owner, '3');
  const closed = await makeLocation(owner, site.id);
  await service.query(
    `insert into locations (tenant_id, id, site_id, code, name) values ($1, gen_random_uuid(), $2, 'HOLDING', 'Holding')`,
    [service.tenantId, site.id],
  );
  const [holding] = (await owner.get(`/v1/inventory/locations?siteId=${site.id}&code=HOLDING`)).body.data;
  for (const { id } of [closed, holding])
    await move(owner, { itemId: item.id, siteId: site.id, locationId: id, quantity: '10' });
  await owner.patch(`/v1/inventory/locations/${closed.id}`, { active: false });
  t.match((await plan(item.id, site.id, '5')).body, {
    data: [{ locationId: null, quantity: '3' }],
    shortage: '2',
  });
});

t.test('the oldest of equal places comes first, and where nothing is there is nothing to pick', async (t) => {
  const { item, site } = await makeStock(owner, '1');
  const shelves = [];
  for (let no = 0; no < 3; no++) {
    const shelf = await makeLocation(owner, site.id);
    shelves.push(shelf.id);
    await move(owner, { itemId: item.id, siteId: site.id, locationId: shelf.id, quantity: '1' });
  }
  const { data } = (await plan(item.id, site.id, '4')).body;
  t.strictSame(
    data.map((one: { locationId: string }) => one.locationId),
    [null, ...shelves],
  );
  t.strictSame((await plan(item.id, (await makeSite(owner)).id, '4')).body, { data: [], shortage: '4' });
});

t.test('what a pick names must be there, and well formed', async (t) => {
  const { item, site } = await makeStock(owner, '3');
  const stranger = service.as('owner', { tenantId: unknownId });
  t.equal((await plan(item.id, site.id, '1', stranger)).status, 404);
  t.equal((await plan(unknownId, site.id, '1')).status, 404);
  t.equal((await plan(item.id, unknownId, '1')).status, 404);
  for (const quantity of ['0', '-1', '1e3', '0.1234567', ''])
    t.equal((await plan(item.id, site.id, quantity)).status, 400, quantity);
  t.equal((await owner.get(`/v1/inventory/picks?itemId=${item.id}&siteId=${site.id}`)).status, 400);
  t.equal((await plan(item.id, site.id, '0.5')).status, 400, 'half a piece');
});

t.test('of more places than one pick looks at, those that expire first are taken', async (t) => {
  const tenant = service.as('owner', { tenantId: newId() });
  const [site, item] = [await makeSite(tenant), await makeItem(tenant, { lotTracked: true })];
  const [{ tenant_id: tenantId }] = (await service.query('select tenant_id from items where id = $1', [
    item.id,
  ])) as [{ tenant_id: string }];
  await service.query(
    `with made as (
       insert into lots (tenant_id, id, item_id, code, expires_at)
       select $1, gen_random_uuid(), $2, 'L' || n, timestamptz '2090-01-01' + n * interval '1 day' from generate_series(1, 1200) n
       returning id)
     insert into balances (tenant_id, id, item_id, site_id, location_id, lot_id, on_hand, allow_negative)
     select $1, gen_random_uuid(), $2, $3, '00000000-0000-0000-0000-000000000000', id, 1, false from made`,
    [tenantId, item.id, site.id],
  );
  const { body } = await tenant.get(`/v1/inventory/picks?itemId=${item.id}&siteId=${site.id}&quantity=10`);
  t.equal(body.shortage, '0');
  t.strictSame(
    body.data.map(({ expiresAt }: { expiresAt: string }) => expiresAt.slice(0, 10)),
    Array.from({ length: 10 }, (_, n) => `2090-01-${String(n + 2).padStart(2, '0')}`),
  );
});
