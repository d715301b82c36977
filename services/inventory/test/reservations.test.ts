import type { Reservation } from '@stockade/contracts/inventory';
import type { TestCaller } from '@stockade/testing';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { expiryTask } from '../src/reservations/expire.ts';
import { tally, times } from './at-once.ts';
import {
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  move,
  startInventory,
  unbalancedPlaces,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const base = '/v1/inventory/reservations';

type Fields = { itemId: string; siteId: string } & Record<string, unknown>;
const ask = (fields: Fields, caller: TestCaller = owner) => caller.post(base, { quantity: '1', ...fields });

async function reserve(fields: Fields): Promise<Reservation> {
  const { status, body } = await ask(fields);
  if (status !== 201) throw new Error(`The reservation was answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

const act = (id: string, verb: 'release' | 'consume', body?: object, headers = {}) =>
  owner.post(`${base}/${id}/${verb}`, body, headers);

const expire = () => expiryTask.run(service.service, AbortSignal.timeout(30_000));

const read = async (id: string): Promise<Reservation> => (await owner.get(`${base}/${id}`)).body;

const auditOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1'))
    .filter((entry) => entry.payload.target.id === id)
    .map((entry) => entry.payload.action);

/** On hand, reserved and available, by location and lot in the order of what is on hand. */
async function stockOf(itemId: string, siteId: string) {
  const { body } = await owner.get(`/v1/inventory/balances?itemId=${itemId}&siteId=${siteId}`);
  return body.data
    .map((one: { onHand: string; reserved: string; available: string }) => [
      one.onHand,
      one.reserved,
      one.available,
    ])
    .sort((a: [string], b: [string]) => Number(a[0]) - Number(b[0]));
}

async function makeLots(expiries: readonly (string | undefined)[]) {
  const [site, item] = [await makeSite(owner), await makeItem(owner, { lotTracked: true })];
  const lots = [];
  for (const expiresAt of expiries) {
    const lot = await makeLot(owner, item.id, expiresAt ? { expiresAt } : {});
    await move(owner, { itemId: item.id, siteId: site.id, lotId: lot.id, quantity: '10' });
    lots.push(lot);
  }
  return { site, item, lots };
}

t.test('stock is reserved, read, listed and released, each with one audit entry', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const place = { itemId: item.id, siteId: site.id };
  const made = await ask({ ...place, quantity: '4', reference: 'SO 1', expiresAt: '2999-01-01T00:00:00Z' });
  t.match(made, {
    status: 201,
    headers: { etag: '"1"' },
    body: { ...place, quantity: '4', consumed: '0', status: 'open', reference: 'SO 1', version: 1 },
  });
  t.equal(made.body.expiresAt, '2999-01-01T00:00:00.000Z');
  t.strictSame(made.body.allocations, [{ locationId: null, lotId: null, quantity: '4' }]);
  t.strictSame(await stockOf(item.id, site.id), [['10', '4', '6']]);
  t.strictSame(await read(made.body.id), made.body);
  for (const query of [`itemId=${item.id}`, `siteId=${site.id}&status=open`, 'reference=SO%201'])
    t.strictSame((await owner.get(`${base}?${query}`)).body.data, [made.body], query);
  t.strictSame((await owner.get(`${base}?itemId=${item.id}&status=released`)).body.data, []);

  t.equal((await act(made.body.id, 'release', undefined, { 'if-match': '"2"' })).status, 412);
  const released = await act(made.body.id, 'release', undefined, { 'if-match': '"1"' });
  t.match(released, { status: 200, body: { status: 'released', quantity: '4', version: 2 } });
  t.strictSame(released.body.allocations, []);
  t.strictSame(await stockOf(item.id, site.id), [['10', '0', '10']]);
  t.strictSame(await auditOf(made.body.id), [
    'inventory.reservation.create',
    'inventory.reservation.release',
  ]);
});

t.test('what expires first is reserved first; what has expired only when its lot is named', async (t) => {
  const { site, item, lots } = await makeLots(['2031-01-01T00:00:00Z', '2001-01-01T00:00:00Z', undefined]);
  const [late, expired, timeless] = lots;
  const soon = await makeLot(owner, item.id, { expiresAt: '2030-01-01T00:00:00Z' });
  await move(owner, { itemId: item.id, siteId: site.id, lotId: soon.id, quantity: '10' });
  const place = { itemId: item.id, siteId: site.id };
  const first = await reserve({ ...place, quantity: '25' });
  t.strictSame(first.allocations, [
    { locationId: null, lotId: soon.id, quantity: '10' },
    { locationId: null, lotId: late.id, quantity: '10' },
    { locationId: null, lotId: timeless.id, quantity: '5' },
  ]);
  const tooMuch = await ask({ ...place, quantity: '6' });
  t.match(tooMuch, {
    status: 409,
    body: { error: { code: 'INSUFFICIENT_STOCK', details: { available: '5' } } },
  });
  const named = await reserve({ ...place, quantity: '6', lotId: expired.id });
  t.strictSame(named.allocations, [{ locationId: null, lotId: expired.id, quantity: '6' }]);
  t.match(await ask({ ...place, quantity: '5', lotId: expired.id }), {
    status: 409,
    body: { error: { details: { available: '4', lotId: expired.id } } },
  });

  await act(first.id, 'consume', { quantity: '12' });
  t.strictSame(
    (await read(first.id)).allocations,
    [
      { locationId: null, lotId: late.id, quantity: '8' },
      { locationId: null, lotId: timeless.id, quantity: '5' },
    ],
    'what expires first is issued first',
  );
});

t.test('it is held over several locations, but not in a closed one or the holding location', async (t) => {
  const { item, site } = await makeStock(owner, '3');
  const [shelf, closed] = [await makeLocation(owner, site.id), await makeLocation(owner, site.id)];
  const place = { itemId: item.id, siteId: site.id };
  await move(owner, { ...place, locationId: shelf.id, quantity: '4' });
  await move(owner, { ...place, locationId: closed.id, quantity: '50' });
  await owner.patch(`/v1/inventory/locations/${closed.id}`, { active: false });
  await service.query(
    `insert into locations (tenant_id, id, site_id, code, name) values ($1, gen_random_uuid(), $2, 'HOLDING', 'Holding')`,
    [service.tenantId, site.id],
  );
  const [holding] = (await owner.get(`/v1/inventory/locations?siteId=${site.id}&code=HOLDING`)).body.data;
  await move(owner, { ...place, locationId: holding.id, quantity: '20' });

  t.match(await ask({ ...place, quantity: '8' }), {
    status: 409,
    body: { error: { details: { available: '7' } } },
  });
  const both = await reserve({ ...place, quantity: '6' });
  t.strictSame(both.allocations, [
    { locationId: null, lotId: null, quantity: '3' },
    { locationId: shelf.id, lotId: null, quantity: '3' },
  ]);
  t.match(await ask({ ...place, locationId: shelf.id, quantity: '2' }), {
    status: 409,
    body: { error: { details: { available: '1', locationId: shelf.id } } },
  });
  t.match(await ask({ ...place, locationId: closed.id }), {
    status: 409,
    body: { error: { code: 'INVALID_STATE', details: { state: 'inactive', allowed: ['active'] } } },
  });
  const held = await reserve({ ...place, locationId: holding.id, quantity: '20' });
  t.strictSame(
    held.allocations,
    [{ locationId: holding.id, lotId: null, quantity: '20' }],
    'when it is named',
  );

  await owner.patch(`/v1/inventory/locations/${shelf.id}`, { active: false });
  t.match(await act(both.id, 'consume'), { status: 409, body: { error: { code: 'INVALID_STATE' } } });
  t.equal((await act(both.id, 'consume', { quantity: '3' })).status, 200, 'what is at an open place goes');
  t.equal((await act(both.id, 'release')).status, 200);
});

t.test('of 200 who reserve one of 100 at once, exactly 100 get it', async (t) => {
  const { item, site } = await makeStock(owner, '100');
  const answers = await times(200, () => ask({ itemId: item.id, siteId: site.id }));
  t.strictSame(tally(answers), { 201: 100, '409 INSUFFICIENT_STOCK': 100 });
  t.strictSame(await stockOf(item.id, site.id), [['100', '100', '0']]);
});

t.test('those who reserve and those who issue share what is there', async (t) => {
  const { item, site } = await makeStock(owner, '60');
  const place = { itemId: item.id, siteId: site.id };
  const answers = await times(120, (i) =>
    i % 2 ? ask(place) : move(owner, { ...place, type: 'ISSUE', quantity: '1' }),
  );
  t.strictSame(tally(answers), { 201: 60, '409 INSUFFICIENT_STOCK': 60 });
  const [[left, reserved, available]] = await stockOf(item.id, site.id);
  t.equal(available, '0');
  t.equal(left, reserved);
  t.match(
    await move(owner, { ...place, type: 'ISSUE', quantity: '1' }),
    {
      status: 409,
      body: { error: { code: 'INSUFFICIENT_STOCK', details: { available: '0', onHand: left } } },
    },
    'what is reserved is not issued past its reservation',
  );
});

t.test('a part is consumed, then the rest; never more than is left', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const place = { itemId: item.id, siteId: site.id };
  const { id } = await reserve({ ...place, quantity: '8', reference: 'SO 7' });
  const part = await act(id, 'consume', { quantity: '3', reference: 'DN 1' });
  t.match(part, { status: 200, body: { status: 'open', consumed: '3', quantity: '8', version: 2 } });
  t.strictSame(await stockOf(item.id, site.id), [['7', '5', '2']]);
  t.match(await act(id, 'consume', { quantity: '6' }), {
    status: 409,
    body: { error: { code: 'CONFLICT', details: { left: '5' } } },
  });
  t.match(await act(id, 'consume'), {
    status: 200,
    body: { status: 'consumed', consumed: '8', allocations: [] },
  });
  t.strictSame(await stockOf(item.id, site.id), [['2', '0', '2']]);
  const { data } = (await owner.get(`/v1/inventory/movements?itemId=${item.id}&type=ISSUE`)).body;
  t.match(data, [
    { quantity: '5', reference: 'SO 7', reason: 'Reservation' },
    { quantity: '3', reference: 'DN 1' },
  ]);
  t.strictSame(await auditOf(id), [
    'inventory.reservation.create',
    'inventory.reservation.consume',
    'inventory.reservation.consume',
  ]);
  t.strictSame(await auditOf(data[0].id), ['inventory.movement.create']);
});

t.test('what is over is neither consumed nor released: the answer names its state', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const place = { itemId: item.id, siteId: site.id };
  const [consumed, released] = [await reserve(place), await reserve(place)];
  await act(consumed.id, 'consume');
  await act(released.id, 'release');
  for (const [{ id }, state] of [
    [consumed, 'consumed'],
    [released, 'released'],
  ] as const)
    for (const verb of ['consume', 'release'] as const)
      t.match(
        await act(id, verb),
        { status: 409, body: { error: { code: 'INVALID_STATE', details: { state, allowed: ['open'] } } } },
        `${verb} of what was ${state}`,
      );
  t.strictSame(await stockOf(item.id, site.id), [['9', '0', '9']]);
});

t.test('the same step many times at once happens once', async (t) => {
  for (const [verbs, outcome] of [
    [['consume'], { consumed: true }],
    [['release'], { consumed: false }],
    [['consume', 'release'], {}],
  ] as const) {
    const { item, site } = await makeStock(owner, '10');
    const { id } = await reserve({ itemId: item.id, siteId: site.id, quantity: '4' });
    const answers = await times(12, (i) => act(id, verbs[i % verbs.length] ?? 'release'));
    t.strictSame(tally(answers), { 200: 1, '409 INVALID_STATE': 11 }, verbs.join(' and '));
    const { status } = await read(id);
    if ('consumed' in outcome) t.equal(status, outcome.consumed ? 'consumed' : 'released');
    t.strictSame(
      await stockOf(item.id, site.id),
      status === 'consumed' ? [['6', '0', '6']] : [['10', '0', '10']],
    );
  }
  const { item, site } = await makeStock(owner, '10');
  const { id } = await reserve({ itemId: item.id, siteId: site.id, quantity: '5' });
  const parts = await times(8, () => act(id, 'consume', { quantity: '2' }));
  t.equal(parts.filter(({ status }) => status === 200).length, 2, 'no two parts are the same');
  t.match(await read(id), { status: 'open', consumed: '4' });
  t.strictSame(await stockOf(item.id, site.id), [['6', '1', '5']]);
});

t.test('the same Idempotency-Key reserves once', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const headers = { 'idempotency-key': `reserve-${item.id}` };
  const body = { itemId: item.id, siteId: site.id, quantity: '4' };
  const first = await owner.post(base, body, headers);
  const again = await owner.post(base, body, headers);
  t.strictSame(again.body, first.body);
  t.strictSame(await stockOf(item.id, site.id), [['10', '4', '6']]);
});

t.test('a reservation whose time is over holds nothing any more', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const place = { itemId: item.id, siteId: site.id };
  const expiresAt = new Date(Date.now() + 400).toISOString();
  const [whole, begun] = [
    await reserve({ ...place, quantity: '3', expiresAt }),
    await reserve({ ...place, quantity: '5', expiresAt }),
  ];
  const lasting = await reserve({ ...place, expiresAt: '2999-01-01T00:00:00Z' });
  await act(begun.id, 'consume', { quantity: '2' });
  await expire();
  t.equal((await read(whole.id)).status, 'open', 'not before its time');

  await eventually('the time is over', () => Date.now() > Date.parse(expiresAt));
  for (const verb of ['consume', 'release'] as const)
    t.match(
      await act(whole.id, verb),
      { status: 409, body: { error: { details: { state: 'expired', allowed: ['open'] } } } },
      'before it is swept up too',
    );
  await expiryTask.run(service.service, AbortSignal.abort());
  t.equal((await read(whole.id)).status, 'open', 'not by a process that is about to end');
  await eventually('they are swept up', async () => {
    await times(3, () => expire());
    return (await read(begun.id)).status === 'expired';
  });
  t.match(await read(whole.id), { status: 'expired', consumed: '0', allocations: [], version: 2 });
  t.match(await read(begun.id), { status: 'expired', consumed: '2', allocations: [] });
  t.equal((await read(lasting.id)).status, 'open');
  t.strictSame(await stockOf(item.id, site.id), [['8', '1', '7']]);
  t.strictSame(await auditOf(whole.id), ['inventory.reservation.create', 'inventory.reservation.expire']);
  t.match(await act(whole.id, 'release'), {
    status: 409,
    body: { error: { details: { state: 'expired' } } },
  });
});

t.test('what cannot be reserved is refused, and nothing is held', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const place = { itemId: item.id, siteId: site.id };
  for (const [what, fields, path] of [
    ['half a piece', { quantity: '0.5' }, '/quantity'],
    ['zero', { quantity: '0' }, '/quantity'],
    ['a number', { quantity: 1 }, '/quantity'],
    ['an expiry that is over', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    ['an unknown field', { priority: 1 }, '/priority'],
    ['a malformed id', { lotId: 'x' }, '/lotId'],
  ] as const) {
    const answer = await ask({ ...place, ...fields });
    t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } }, what);
    t.equal(answer.body.error.details.errors[0].path, path, what);
  }
  const { id } = await reserve(place);
  t.equal((await act(id, 'consume', { quantity: '0.5' })).status, 400);
  t.equal((await ask({ ...place, quantity: '99999999999999' })).status, 409);
  t.strictSame(await stockOf(item.id, site.id), [['10', '1', '9']]);

  await owner.patch(`/v1/inventory/items/${item.id}`, { active: false });
  t.match(await ask(place), { status: 409, body: { error: { code: 'INVALID_STATE' } } }, 'an inactive item');
  t.equal((await act(id, 'consume')).status, 409, 'nor is it issued by way of a reservation');
  t.equal((await act(id, 'release')).status, 200);
  const other = await makeStock(owner, '10');
  await owner.patch(`/v1/inventory/sites/${other.site.id}`, { active: false });
  t.match(
    await ask({ itemId: other.item.id, siteId: other.site.id }),
    { status: 409, body: { error: { code: 'INVALID_STATE' } } },
    'a closed site',
  );
});

t.test('what a reservation names must be there, and of the same tenant', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const place = { itemId: item.id, siteId: site.id };
  const stranger = service.as('owner', { tenantId: unknownId });
  const theirs = await makeStock(stranger, '10', { lotTracked: false });
  const theirLot = await makeLot(stranger, (await makeItem(stranger, { lotTracked: true })).id);
  const theirShelf = await makeLocation(stranger, theirs.site.id);
  const elsewhere = await makeLocation(owner, (await makeSite(owner)).id);
  const otherLot = await makeLot(owner, (await makeItem(owner, { lotTracked: true })).id);
  for (const fields of [
    { itemId: theirs.item.id },
    { siteId: theirs.site.id },
    { locationId: theirShelf.id },
    { lotId: theirLot.id },
    { locationId: elsewhere.id },
    { lotId: otherLot.id },
    { itemId: unknownId },
  ])
    t.match(
      await ask({ ...place, ...fields }),
      { status: 404, body: { error: { code: 'NOT_FOUND' } } },
      JSON.stringify(fields),
    );
  const { id } = await reserve(place);
  t.equal((await stranger.get(`${base}/${id}`)).status, 404);
  t.strictSame((await stranger.get(`${base}?itemId=${item.id}`)).body.data, []);
  for (const verb of ['release', 'consume'])
    t.equal((await stranger.post(`${base}/${id}/${verb}`)).status, 404, verb);
  t.equal((await owner.get(`${base}/${unknownId}`)).status, 404);
  t.equal((await ask(place, service.as('viewer'))).status, 403);
  t.equal((await read(id)).status, 'open');
});

t.test('a random run of many at once keeps reservations and balances together', async (t) => {
  const { site, item } = await makeLots(['2030-01-01T00:00:00Z', undefined, '2031-01-01T00:00:00Z']);
  const place = { itemId: item.id, siteId: site.id };
  const lots = (await owner.get(`/v1/inventory/lots?itemId=${item.id}`)).body.data;
  for (const { id } of lots) await move(owner, { ...place, lotId: id, quantity: '60' });
  const made: string[] = [];
  const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T;
  const quantity = () => String(1 + Math.floor(Math.random() * 6));
  const answers = await times(160, async (i) => {
    const kind = i % 5;
    if (kind < 2) {
      const answer = await ask({ ...place, quantity: quantity() });
      if (answer.status === 201) made.push(answer.body.id);
      return answer;
    }
    const lotId = pick<{ id: string }>(lots).id;
    if (kind === 2)
      return move(owner, { ...place, lotId, quantity: quantity(), type: pick(['ISSUE', 'RECEIVE']) });
    const id = pick(made) ?? unknownId;
    return kind === 3 ? act(id, 'release') : act(id, 'consume', pick([undefined, { quantity: '1' }]));
  });
  for (const { status } of answers) t.ok([200, 201, 404, 409].includes(status), `${status}`);
  t.ok(made.length > 10, 'enough of them went through');
});

t.test('after all that, what is reserved is what open reservations hold', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
  const unheld = await service.query(`
    select b.id, b.on_hand, b.reserved, h.held from balances b left join (
      select a.balance_id, sum(a.quantity) as held from reservation_allocations a
      join reservations r on (r.tenant_id, r.id) = (a.tenant_id, a.reservation_id) where r.status = 'open' group by 1
    ) h on h.balance_id = b.id
    where b.reserved <> coalesce(h.held, 0) or b.reserved > b.on_hand`);
  t.strictSame(unheld, []);
  const unlike = await service.query(`
    select r.id, r.status, r.quantity, r.consumed, sum(a.quantity) as held from reservations r
    join reservation_allocations a on (a.tenant_id, a.reservation_id) = (r.tenant_id, r.id) group by r.tenant_id, r.id
    having sum(a.quantity) <> case when r.status = 'open' then r.quantity - r.consumed else 0 end`);
  t.strictSame(unlike, []);
  const [issued] = await service.query<{ same: boolean }>(`
    select (select coalesce(sum(consumed), 0) from reservations)
      = (select coalesce(sum(quantity), 0) from movements where reason = 'Reservation') as same`);
  t.equal(issued?.same, true, 'what was consumed is in the ledger');
});
