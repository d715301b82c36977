import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
import { tally, times } from './at-once.ts';
import {
  freshCode,
  makeItem,
  makeLocation,
  makeSite,
  makeStock,
  move,
  onHand,
  startInventory,
  unbalancedPlaces,
} from './setup.ts';

/** The faults that stock-keeping is known for, each with one test that names it. */

const service = await startInventory(t);
const owner = service.as('owner');
const batch = (movements: object[]) => owner.post('/v1/inventory/movements/batch', { movements });

/** Entries whose position or running balance is not the one that their predecessors give. */
const wrongEntries = () =>
  service.query(`
    select * from (
      select balance_id, position, on_hand, sum(quantity) over w as total, row_number() over w as no,
        lag(recorded_at) over w > recorded_at as back_in_time
      from ledger_entries window w as (partition by tenant_id, balance_id order by position)
    ) e where on_hand <> total or position <> no or back_in_time`);

t.test('oversold stock: of 200 who want one of 100 at once, exactly 100 get it', async (t) => {
  const { item, site } = await makeStock(owner, '100');
  const answers = await times(200, () =>
    move(owner, { itemId: item.id, siteId: site.id, type: 'ISSUE', quantity: '1' }),
  );
  t.strictSame(tally(answers), { 201: 100, '409 INSUFFICIENT_STOCK': 100 });
  t.equal(await onHand(owner, item.id, site.id), '0');
  const [stored] = await service.query<{ n: number }>(
    "select count(*)::int as n from movements where item_id = $1 and type = 'ISSUE'",
    [item.id],
  );
  t.equal(stored?.n, 100);
});

t.test('wrong running balances: each entry tells the sum up to it, whoever posts at once', async (t) => {
  const { item, site } = await makeStock(owner, '500');
  const shelf = await makeLocation(owner, site.id);
  const here = { itemId: item.id, siteId: site.id };
  const answers = await times(120, (at) => {
    if (at % 4 === 0)
      return batch([
        { ...here, type: 'ISSUE', quantity: '2' },
        { ...here, type: 'TRANSFER', quantity: '1', toLocationId: shelf.id },
        { ...here, type: 'RECEIVE', quantity: '3' },
      ]);
    return move(owner, { ...here, type: at % 2 ? 'ISSUE' : 'RECEIVE', quantity: `${(at % 7) + 1}` });
  });
  t.strictSame(tally(answers), { 201: 120 });
  t.strictSame(await wrongEntries(), []);
  const [counted] = await service.query<{ n: number }>(
    `select count(*)::int as n from ledger_entries e join balances b on b.id = e.balance_id where b.item_id = $1`,
    [item.id],
  );
  t.equal(counted?.n, 1 + 90 + 30 * 4, 'none is missing, none is there twice');
});

t.test('the same item twice in one batch: what comes later finds what came before', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const here = { itemId: item.id, siteId: site.id };
  const issue = (quantity: string) => ({ ...here, type: 'ISSUE', quantity });
  const receive = (quantity: string) => ({ ...here, type: 'RECEIVE', quantity });
  t.strictSame(tally([await batch([issue('3'), issue('3')])]), { '409 INSUFFICIENT_STOCK': 1 });
  t.strictSame(tally([await batch([issue('6'), receive('6')])]), { '409 INSUFFICIENT_STOCK': 1 });
  t.equal(await onHand(owner, item.id, site.id), '5', 'neither left anything behind');
  t.strictSame(tally([await batch([receive('6'), issue('11')])]), { 201: 1 });
  t.equal(await onHand(owner, item.id, site.id), '0');
  const expecting = await batch([receive('4'), { ...receive('1'), expectedOnHand: '4' }]);
  t.equal(expecting.status, 201, 'what is expected counts what the batch did before');
  const answers = await times(30, () => batch([receive('2'), issue('1'), issue('2')]));
  t.strictSame(tally(answers), { 201: 5, '409 INSUFFICIENT_STOCK': 25 }, 'each takes one of five');
  t.strictSame(await wrongEntries(), []);
});

t.test('deadlocks: hundreds of batches with the same items in opposite orders', async (t) => {
  const sites = [await makeSite(owner), await makeSite(owner)] as const;
  const items = await times(6, () => makeItem(owner));
  for (const site of sites)
    await batch(items.map(({ id }) => ({ type: 'RECEIVE', itemId: id, siteId: site.id, quantity: '1000' })));
  const deadlocks = async () => {
    // A connection tells its counters at the end of its first transaction after a second.
    await delay(1_100);
    await times(40, () => owner.get('/v1/inventory/sites?limit=1'));
    return service.query('select deadlocks from pg_stat_database where datname = current_database()');
  };
  const before = await deadlocks();
  const answers = await times(200, (at) => {
    const [from, to] = at % 2 ? sites : [sites[1], sites[0]];
    const movements = items.map(({ id }) => ({
      ...{ type: 'TRANSFER', itemId: id, siteId: from.id, toSiteId: to.id, quantity: '1' },
    }));
    return batch(at % 3 ? movements : movements.reverse());
  });
  t.strictSame(tally(answers), { 201: 200 });
  t.strictSame(await deadlocks(), before, 'not even one that was tried again');
  for (const { id } of items) t.equal(await onHand(owner, id, sites[0].id), '1000');
});

t.test('duplicate submissions: the same Idempotency-Key posts once', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const headers = { 'idempotency-key': freshCode('key') };
  const send = (quantity = '1') => move(owner, { itemId: item.id, siteId: site.id, quantity }, headers);
  const answers = await times(10, () => send());
  const made = answers.filter((answer) => answer.status === 201);
  t.ok(made.length >= 1);
  t.equal(new Set(made.map((answer) => answer.body.id)).size, 1, 'all who were answered got the same');
  for (const answer of answers) {
    if (answer.status !== 201)
      t.match(answer, { status: 409, body: { error: { code: 'REQUEST_IN_PROGRESS' } } });
  }
  t.equal(await onHand(owner, item.id, site.id), '6');
  const later = await send();
  t.hasStrict(later, { status: 201, body: made[0]?.body });
  t.equal(later.headers['idempotency-replayed'], 'true');
  t.equal((await send('2')).status, 422, 'another body');
  t.equal(await onHand(owner, item.id, site.id), '6');
});

t.test('decimal residues: ten thousand times 0.1 and 0.2 leave nothing over', async (t) => {
  const [site, item] = [await makeSite(owner), await makeItem(owner, { unit: 'kg' })];
  const here = { itemId: item.id, siteId: site.id };
  const hundred = Array.from({ length: 100 }, (_, at) => ({
    ...here,
    type: 'RECEIVE',
    quantity: at % 2 ? '0.2' : '0.1',
  }));
  for (let round = 0; round < 10; round++)
    t.strictSame(tally(await times(10, () => batch(hundred))), { 201: 10 });
  t.equal(await onHand(owner, item.id, site.id), '1500');
  t.equal((await move(owner, { ...here, type: 'ISSUE', quantity: '1500.000001' })).status, 409);
  t.equal((await move(owner, { ...here, type: 'ISSUE', quantity: '1500' })).status, 201);
  t.equal(await onHand(owner, item.id, site.id), '0', 'not 0.0000000001');
  await move(owner, { ...here, quantity: '100' });
  const more = await move(owner, { ...here, type: 'ISSUE', quantity: '100.002' });
  t.strictSame(tally([more]), { '409 INSUFFICIENT_STOCK': 1 });
  t.equal(await onHand(owner, item.id, site.id), '100');
});

t.test('time-zone dates: a movement counts for the day that its site had', async (t) => {
  const item = await makeItem(owner);
  const daysOf = async (siteId: string) => {
    const rows = await service.query<{ day: string; n: number }>(
      'select day::text, sum(movements)::int as n from movement_counts where site_id = $1 group by 1 order by 1',
      [siteId],
    );
    return Object.fromEntries(rows.map(({ day, n }) => [day, n]));
  };
  for (const [timeZone, days] of [
    ['UTC', { '2026-03-28': 2, '2026-03-29': 3 }],
    // Summer time began at 01:00 UTC on the 29th.
    ['Europe/Berlin', { '2026-03-28': 1, '2026-03-29': 3, '2026-03-30': 1 }],
    ['America/Los_Angeles', { '2026-03-28': 3, '2026-03-29': 2 }],
    ['Pacific/Kiritimati', { '2026-03-29': 3, '2026-03-30': 2 }],
    ['Asia/Kathmandu', { '2026-03-29': 4, '2026-03-30': 1 }],
  ] as const) {
    const site = await makeSite(owner, { timeZone });
    for (const occurredAt of [
      '2026-03-28T20:00:00Z',
      '2026-03-28T23:30:00Z',
      '2026-03-29T03:30:00+02:00',
      '2026-03-29T12:00:00Z',
      '2026-03-29T22:30:00Z',
    ])
      await move(owner, { itemId: item.id, siteId: site.id, occurredAt });
    t.strictSame(await daysOf(site.id), days, timeZone);
  }
});

t.test('counts that race with movements: what moves after counting is no variance', async (t) => {
  const [counter, approver] = [service.as('owner'), service.as('owner')];
  const counts = '/v1/inventory/cycle-counts';
  for (let round = 0; round < 5; round++) {
    const { item, site } = await makeStock(owner, '100');
    const { body: planned } = await counter.post(counts, { siteId: site.id, itemIds: [item.id] });
    const { body: started } = await counter.post(`${counts}/${planned.id}/start`);
    const lines = [{ lineId: started.lines[0].id, quantity: '90' }];
    const movements = (count: number) =>
      times(count, (at) =>
        move(owner, { itemId: item.id, siteId: site.id, type: at % 3 ? 'RECEIVE' : 'ISSUE', quantity: '2' }),
      );
    const [moved, submitted] = await Promise.all([
      movements(15),
      counter.post(`${counts}/${planned.id}/submit`, { lines }),
    ]);
    const [movedToo, approved] = await Promise.all([
      movements(15),
      approver.post(`${counts}/${planned.id}/approve`),
    ]);
    t.strictSame(tally([submitted, approved]), { 200: 2 });
    t.strictSame(tally([...moved, ...movedToo]), { 201: 30 });
    const [after] = await service.query<{ posted: number; since: string }>(
      `select count(*) filter (where m.type = 'COUNT')::int as posted,
        (coalesce(sum(e.quantity) filter (where m.type <> 'COUNT' and e.position > l.position), 0) + 90)::float::text as since
      from cycle_count_lines l join balances b on b.item_id = l.item_id
        join ledger_entries e on e.balance_id = b.id join movements m on m.id = e.movement_id
      where l.cycle_count_id = $1`,
      [planned.id],
    );
    t.ok((after?.posted ?? 0) <= 1, 'one adjustment, or none when 90 was right');
    t.equal(await onHand(approver, item.id, site.id), after?.since, 'what was counted, and what moved since');
  }
});

t.test('after all that, every balance is the sum of its entries', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
  t.strictSame(await wrongEntries(), []);
});
