import type { ProductionOrder } from '@stockade/contracts/inventory';
import t from 'tap';
import { toBackflush } from '../src/production-orders/rules.ts';
import { listHas } from './list.ts';
import {
  complete,
  consume,
  lineOf,
  makeBom,
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
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

t.test('reserved stock is not consumed', async (t) => {
  const { site, piece, bom } = await makeRecipe(owner);
  const reserve = { itemId: piece.id, siteId: site.id, quantity: '95' };
  t.equal((await owner.post('/v1/inventory/reservations', reserve)).status, 201);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  const line = { lineId: lineOf(order, piece).id, quantity: '6' };
  t.hasStrict(await consume(owner, order, [line]), {
    status: 409,
    body: { error: { details: { available: '5' } } },
  });
  t.hasStrict(await complete(owner, order, { backflush: true }), {
    status: 409,
    body: {
      error: { code: 'INSUFFICIENT_STOCK', details: { itemId: piece.id, needed: '20', available: '5' } },
    },
  });
  t.equal((await consume(owner, order, [{ ...line, quantity: '5' }])).status, 200);
});

t.test('backflush takes what is still open for what was really made', async (t) => {
  const { site, piece, powder, item, bom } = await makeRecipe(owner);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  await consume(owner, order, [
    { lineId: lineOf(order, piece).id, quantity: '3' },
    { lineId: lineOf(order, powder).id, quantity: '9' },
  ]);
  const completed = await complete(owner, order, { quantity: '8', backflush: true });
  t.equal(completed.status, 200);
  t.hasStrict(completed.body, {
    produced: '8',
    // 8 × 2 pieces in all; of the powder more was taken than 8 × 0.5 already.
    lines: [{ consumed: '16' }, { consumed: '9' }],
  });
  t.equal(await onHand(owner, piece.id, site.id), '84');
  t.equal(await onHand(owner, powder.id, site.id), '41');
  t.equal(await onHand(owner, item.id, site.id), '8');
});

t.test('backflush takes first what expires first, and nothing that has expired', async (t) => {
  const site = await makeSite(owner);
  const part = await makeItem(owner, { unit: 'kg', lotTracked: true });
  const shelf = await makeLocation(owner, site.id);
  const lots = await Promise.all(
    ['2031-01-01T00:00:00Z', '2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z', undefined].map((expiresAt) =>
      makeLot(owner, part.id, expiresAt ? { expiresAt } : {}),
    ),
  );
  for (const lot of lots)
    await move(owner, {
      itemId: part.id,
      siteId: site.id,
      locationId: shelf.id,
      lotId: lot.id,
      quantity: '10',
    });
  const [later, , sooner, never] = lots;
  const bom = await makeBom(owner, (await makeItem(owner)).id, [[part.id, '1']]);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id, quantity: '25' });
  t.hasStrict(await complete(owner, order, { backflush: true }), {
    status: 200,
    body: { lines: [{ consumed: '25' }] },
  });
  listHas(t, await movementsOf(owner, part.id, 'CONSUME'), [
    { lotId: sooner.id, quantity: '10', locationId: shelf.id },
    { lotId: later.id, quantity: '10' },
    { lotId: never.id, quantity: '5' },
  ]);
  const more = await makeReleased(owner, { bomId: bom.id, siteId: site.id, quantity: '6' });
  const refused = await complete(owner, more, { backflush: true });
  t.hasStrict(refused, {
    status: 409,
    body: { error: { code: 'INSUFFICIENT_STOCK', details: { available: '5' } } },
  });
  t.equal((await owner.get(`${orders}/${more.id}`)).body.status, 'released', 'it can be completed later');
});

t.test('backflush leaves closed locations alone, and refuses inactive components', async (t) => {
  const { site, piece, powder, bom } = await makeRecipe(owner);
  const closed = await makeLocation(owner, site.id);
  await move(owner, { itemId: piece.id, siteId: site.id, locationId: closed.id, quantity: '100' });
  await owner.patch(`/v1/inventory/locations/${closed.id}`, { active: false });
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id, quantity: '45' });
  t.equal((await complete(owner, order, { backflush: true })).status, 200);
  const next = await makeReleased(owner, { bomId: bom.id, siteId: site.id, quantity: '6' });
  t.hasStrict(await complete(owner, next, { backflush: true }), {
    status: 409,
    body: { error: { details: { available: '10' } } },
  });
  const last = await makeReleased(owner, { bomId: bom.id, siteId: site.id, quantity: '1' });
  await owner.patch(`/v1/inventory/items/${powder.id}`, { active: false });
  t.hasStrict(await complete(owner, last, { backflush: true }), {
    status: 409,
    body: { error: { code: 'INVALID_STATE' } },
  });
  t.equal((await complete(owner, last)).status, 200, 'what was taken by hand stays so');
});

t.test('a component that lies in very many places leaves the others to be found', async (t) => {
  const { site, piece, bom } = await makeRecipe(owner);
  await service.query(
    `with made as (
      insert into locations (tenant_id, id, site_id, code, name)
      select $1, gen_random_uuid(), $2, 'P-' || n, 'Place' from generate_series(1, 1001) n returning id)
    insert into balances (tenant_id, id, item_id, site_id, location_id, lot_id, on_hand, allow_negative)
    select $1, overlay(gen_random_uuid()::text placing 'ff' from 1)::uuid, $3, $2, id, '00000000-0000-0000-0000-000000000000', 1, false from made`,
    [service.tenantId, site.id, piece.id],
  );
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id });
  t.equal((await complete(owner, order, { backflush: true })).status, 200);
  // The older place was enough; these are in no ledger.
  await service.query('delete from balances where item_id = $1 and location_ref is not null', [piece.id]);
});

t.test('orders that want the same stock at once share what is there', async (t) => {
  const { site, piece, bom } = await makeRecipe(owner);
  const [first, ...others] = await Promise.all(
    Array.from({ length: 8 }, () => makeReleased(owner, { bomId: bom.id, siteId: site.id })),
  );
  const answers = await Promise.all(
    [first, ...others].map((order) => complete(owner, order as ProductionOrder, { backflush: true })),
  );
  const made = answers.filter(({ status }) => status === 200).length;
  t.equal(made, 5, '100 pieces are enough for 5 orders of 20');
  for (const { status, body } of answers)
    if (status !== 200) t.hasStrict(body.error.code, 'INSUFFICIENT_STOCK');
  t.equal(await onHand(owner, piece.id, site.id), '0');
});

t.test('what is backflushed for more or less than was planned', async (t) => {
  const line = (required: string, consumed = '0') => ({ required, consumed });
  const micro = (pieces: number) => BigInt(pieces) * 1_000_000n;
  t.equal(toBackflush(line('20'), 'each', { made: micro(10), planned: micro(10) }), micro(20));
  t.equal(
    toBackflush(line('20'), 'each', { made: micro(9), planned: micro(11) }),
    micro(17),
    '16.36 pieces are 17',
  );
  t.equal(toBackflush(line('1'), 'kg', { made: micro(1), planned: micro(3) }), 333_334n);
  t.equal(toBackflush(line('20', '25'), 'each', { made: micro(10), planned: micro(10) }), 0n);
});

t.test('after all that, every balance is the sum of its entries', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
});
