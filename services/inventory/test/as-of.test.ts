import t from 'tap';
import { listHas } from './list.ts';
import { makeItem, makeLocation, makeLot, makeSite, move, startInventory } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

interface Balance {
  locationId: string | null;
  lotId: string | null;
  onHand: string;
  reserved: string | null;
  available: string | null;
}

const balancesAt = async (query: Record<string, string>): Promise<Balance[]> => {
  const { status, body } = await owner.get(`/v1/inventory/balances?${new URLSearchParams(query)}`);
  if (status !== 200) throw new Error(`The balances were answered ${status}: ${JSON.stringify(body)}`);
  return body.data;
};

/** What was on hand of an item in all at a time. */
const onHandAt = async (itemId: string, asOf: string): Promise<number> =>
  (await balancesAt({ itemId, asOf })).reduce((sum, { onHand }) => sum + Number(onHand), 0);

const receive = (itemId: string, siteId: string, quantity: string, occurredAt: string, fields: object = {}) =>
  move(owner, { itemId, siteId, quantity, occurredAt, ...fields });

t.test('a balance is as of when movements happened, not when they were recorded', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  await receive(item.id, site.id, '10', '2026-03-10T00:00:00Z');
  await receive(item.id, site.id, '5', '2026-03-01T00:00:00Z');
  await receive(item.id, site.id, '7', '2026-03-20T00:00:00Z', { type: 'ISSUE' });
  for (const [asOf, onHand] of [
    ['2026-02-28T23:59:59.999Z', 0],
    ['2026-03-01T00:00:00Z', 5],
    ['2026-03-09T23:59:59.999Z', 5],
    ['2026-03-10T00:00:00.000Z', 15],
    ['2026-03-19T12:00:00Z', 15],
    ['2026-03-20T00:00:00Z', 8],
    ['2030-01-01T00:00:00Z', 8],
  ] as const)
    t.equal(await onHandAt(item.id, asOf), onHand, asOf);
});

t.test('a time is an instant, in whatever zone it is written', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const made = await receive(item.id, site.id, '4', '2026-03-29T01:30:00+02:00');
  t.equal(made.body.occurredAt, '2026-03-28T23:30:00.000Z');
  for (const [asOf, onHand] of [
    ['2026-03-28T23:30:00Z', 4],
    ['2026-03-28T23:29:59Z', 0],
    ['2026-03-29T01:30:00+02:00', 4],
    ['2026-03-29T01:29:59+02:00', 0],
    ['2026-03-28T18:30:00-05:00', 4],
    ['2026-03-28T18:29:59-05:00', 0],
    ['2026-03-29T05:00:00+05:30', 4],
  ] as const)
    t.equal(await onHandAt(item.id, asOf), onHand, asOf);
});

t.test('what has no past is null, and without a time all is as it is now', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  await receive(item.id, site.id, '10', '2026-03-10T00:00:00Z');
  await owner.post('/v1/inventory/reservations', { itemId: item.id, siteId: site.id, quantity: '3' });
  listHas(t, await balancesAt({ itemId: item.id }), [{ onHand: '10', reserved: '3', available: '7' }]);
  listHas(t, await balancesAt({ itemId: item.id, asOf: '2026-03-10T00:00:00Z' }), [
    { onHand: '10', reserved: null, available: null },
  ]);
});

t.test('a reversal takes back from when it is made, not from when the movement was', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner)];
  const { body } = await receive(item.id, site.id, '10', '2026-03-10T00:00:00Z');
  const before = new Date().toISOString();
  const reversal = await owner.post(`/v1/inventory/movements/${body.id}/reverse`);
  t.equal(await onHandAt(item.id, '2026-03-11T00:00:00Z'), 10);
  t.equal(await onHandAt(item.id, before), reversal.body.occurredAt > before ? 10 : 0);
  t.equal(await onHandAt(item.id, reversal.body.occurredAt), 0);
});

t.test('each place and lot has its own past', async (t) => {
  const [one, two] = [await makeSite(owner), await makeSite(owner)];
  const shelf = await makeLocation(owner, one.id);
  const item = await makeItem(owner, { unit: 'kg', lotTracked: true });
  const lot = await makeLot(owner, item.id);
  const lotId = lot.id;
  await receive(item.id, one.id, '9', '2026-01-01T00:00:00Z', { lotId, locationId: shelf.id });
  await receive(item.id, one.id, '2.5', '2026-02-01T00:00:00Z', {
    ...{ lotId, type: 'TRANSFER', locationId: shelf.id, toSiteId: two.id },
  });
  const at = (asOf: string, query: object) => balancesAt({ itemId: item.id, asOf, ...query });
  listHas(t, await at('2026-01-15T00:00:00Z', { siteId: one.id }), [
    { locationId: shelf.id, lotId, onHand: '9' },
  ]);
  listHas(t, await at('2026-01-15T00:00:00Z', { siteId: two.id }), [{ onHand: '0' }]);
  listHas(t, await at('2026-02-01T00:00:00Z', { locationId: shelf.id }), [{ onHand: '6.5' }]);
  listHas(t, await at('2026-02-01T00:00:00Z', { siteId: two.id, lotId }), [
    { locationId: null, lotId, onHand: '2.5' },
  ]);
});

t.test('pages as of a time follow one another', async (t) => {
  const item = await makeItem(owner);
  const sites = await Promise.all(Array.from({ length: 5 }, () => makeSite(owner)));
  for (const site of sites) await receive(item.id, site.id, '3', '2026-03-10T00:00:00Z');
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const query = {
      itemId: item.id,
      asOf: '2026-03-11T00:00:00Z',
      limit: '2',
      ...(cursor ? { cursor } : {}),
    };
    const { body } = await owner.get(`/v1/inventory/balances?${new URLSearchParams(query)}`);
    seen.push(
      ...body.data.map(({ siteId, onHand }: { siteId: string; onHand: string }) => `${siteId} ${onHand}`),
    );
    if (!body.nextCursor) break;
    cursor = body.nextCursor;
  }
  t.strictSame(seen.sort(), sites.map(({ id }) => `${id} 3`).sort());
});

t.test('a time that is none is refused', async (t) => {
  for (const asOf of [
    'yesterday',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2016-12-31T23:59:60Z',
    '1969-12-31T23:59:59Z',
  ])
    t.hasStrict(await owner.get(`/v1/inventory/balances?asOf=${encodeURIComponent(asOf)}`), {
      status: 400,
      body: { error: { details: { errors: [{ path: '/asOf' }] } } },
    });
});

t.test('every past balance is what the movements until then add up to', async (t) => {
  const [one, two] = [await makeSite(owner), await makeSite(owner)];
  const item = await makeItem(owner, { unit: 'kg', allowNegative: true });
  const start = Date.UTC(2026, 0, 1);
  const day = 86_400_000;
  const random = (below: number) => Math.floor(Math.random() * below);
  const posted: {
    id: string;
    occurredAt: string;
    type: string;
    siteId: string;
    toSiteId?: string;
    micro: number;
  }[] = [];
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      const type = (['RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER'] as const)[random(4)] as 'RECEIVE';
      const micro = random(50_000_000) + 1;
      // Some at the very same instant.
      const occurredAt = new Date(start + random(20) * day).toISOString();
      const { status, body } = await move(owner, {
        ...{ type, itemId: item.id, siteId: one.id, quantity: (micro / 1e6).toFixed(6), occurredAt },
        ...((type as string) === 'TRANSFER' ? { toSiteId: two.id } : {}),
      });
      t.equal(status, 201);
      posted.push({ ...body, micro });
    }),
  );
  const taken = await Promise.all(
    posted.slice(0, 10).map(async (movement) => {
      const { body } = await owner.post(`/v1/inventory/movements/${movement.id}/reverse`);
      return { ...movement, occurredAt: body.occurredAt, micro: -movement.micro };
    }),
  );
  const all = [...posted, ...taken];
  const times = [
    ...Array.from({ length: 21 }, (_, at) => new Date(start + at * day - random(2)).toISOString()),
  ];
  for (const asOf of [...times, '2030-01-01T00:00:00.000Z']) {
    for (const site of [one, two]) {
      const expected = all
        .filter(({ occurredAt }) => occurredAt <= asOf)
        .map(({ type, micro, siteId, toSiteId }) => {
          if (toSiteId === site.id) return micro;
          if (siteId !== site.id) return 0;
          return type === 'RECEIVE' || type === 'ADJUST' ? micro : -micro;
        })
        .reduce((sum, micro) => sum + micro, 0);
      const [balance] = await balancesAt({ itemId: item.id, siteId: site.id, asOf });
      t.equal(Math.round(Number(balance?.onHand ?? '0') * 1e6), expected, `${asOf}`);
    }
  }
});
