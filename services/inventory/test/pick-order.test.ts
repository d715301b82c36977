import { featureFlagChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { makeItem, makeLocation, makeLot, makeSite, move, startInventory } from './setup.ts';

const service = await startInventory(t);
const [owner, other] = [service.as('owner'), service.as('owner')];
const flagKey = 'inventory.pick-order';

const site = await makeSite(owner);
const item = await makeItem(owner, { lotTracked: true });
const shelves = [
  await makeLocation(owner, site.id),
  await makeLocation(owner, site.id),
  await makeLocation(owner, site.id),
];
const timeless = await makeLot(owner, item.id);
const soon = await makeLot(owner, item.id, { expiresAt: '2040-01-01T00:00:00Z' });
// Two of what expires; then, of what does not, a little on an old shelf and much on a new one.
for (const [at, lotId, quantity] of [
  [0, timeless.id, '3'],
  [1, timeless.id, '20'],
  [2, soon.id, '2'],
] as const)
  await move(owner, { itemId: item.id, siteId: site.id, locationId: shelves[at]?.id, lotId, quantity });

const planned = async (caller = owner) => {
  const { body } = await caller.get(`/v1/inventory/picks?itemId=${item.id}&siteId=${site.id}&quantity=10`);
  return body.data.map(({ locationId, quantity }: { locationId: string; quantity: string }) => [
    shelves.findIndex(({ id }) => id === locationId),
    quantity,
  ]);
};

const oldest = [
  [2, '2'],
  [0, '3'],
  [1, '5'],
];
const fewest = [
  [2, '2'],
  [1, '8'],
];
const say = (users: { userId: string; variant: string }[], version: number) =>
  service.consume(
    featureFlagChanged,
    {
      ...{ flagKey, scope: 'tenant', pinned: null, byOperator: null },
      byTenant: { variant: null, split: null, users },
    },
    { aggregateId: flagKey, aggregateVersion: version },
  );

t.test('the oldest first, as long as nobody says else', async (t) => {
  t.strictSame(await planned(), oldest);
});

t.test('for whom it is said: the fullest place first, and still what expires before it', async (t) => {
  await say([{ userId: owner.personId, variant: 'fewest-places' }], 1);
  await eventually('the flag holds', async () => (await planned()).length === 2);
  t.strictSame(await planned(), fewest);
  t.strictSame(await planned(other), oldest, 'a colleague picks as before');
  const reserved = await owner.post('/v1/inventory/reservations', {
    ...{ itemId: item.id, siteId: site.id, quantity: '10' },
  });
  t.equal(reserved.status, 201);
  const held = await service.query<{ location_id: string; quantity: string }>(
    `select b.location_id, trim_scale(a.quantity)::text as quantity from reservation_allocations a
     join balances b on (b.tenant_id, b.id) = (a.tenant_id, a.balance_id) where a.reservation_id = $1`,
    [reserved.body.id],
  );
  t.strictSame(
    held
      .map(({ location_id, quantity }) => [shelves.findIndex(({ id }) => id === location_id), quantity])
      .sort(),
    [
      [1, '8'],
      [2, '2'],
    ],
    'and what is planned is what is reserved',
  );
  await owner.post(`/v1/inventory/reservations/${reserved.body.id}/release`);
});

t.test('an older event does not bring it back; another tenant’s says nothing', async (t) => {
  await say([], 3);
  await say([{ userId: owner.personId, variant: 'fewest-places' }], 2);
  await service.consume(
    featureFlagChanged,
    {
      ...{ flagKey, scope: 'tenant', pinned: null, byOperator: null },
      byTenant: { variant: 'fewest-places', split: null, users: [] },
    },
    { aggregateId: flagKey, aggregateVersion: 9, tenantId: newId() },
  );
  await eventually('the flag is gone', async () => (await planned()).length === 3);
  t.strictSame(await planned(), oldest);
});
