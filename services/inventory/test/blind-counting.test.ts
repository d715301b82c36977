import { inventoryOperations, type Movement, type Reservation } from '@stockade/contracts/inventory';
import type { TestAnswer, TestCaller } from '@stockade/testing';
import t from 'tap';
import { counts, sheetOf, startCount, step, take } from './counting.ts';
import { makeBom, makeReleased } from './production.ts';
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
const base = '/v1/inventory';
/** What is on hand where it is counted, and what was received and issued there. */
const expected = '7341';
const history = ['6007', '1433', '99'];
/** What lies beside it, and is not counted. */
const beside = '50';

/** Somebody counts an item at a shelf, and has all scopes but the eyes. */
async function blinded(fields: object = {}, quantities: readonly string[] = history) {
  const counter = service.as('owner');
  const [site, item] = [await makeSite(owner), await makeItem(owner, fields)];
  const shelf = await makeLocation(owner, site.id);
  const lot = item.lotTracked ? await makeLot(owner, item.id) : null;
  const floor = { itemId: item.id, siteId: site.id, ...(lot ? { lotId: lot.id } : {}) };
  const place = { ...floor, locationId: shelf.id };
  const movements: Movement[] = [];
  for (const [at, quantity] of quantities.entries())
    movements.push(
      (await move(owner, { ...place, quantity, type: at === 2 ? 'ISSUE' : 'RECEIVE', reference: 'DN 1' }))
        .body,
    );
  await move(owner, { ...floor, quantity: beside });
  const count = await startCount(counter, { siteId: site.id, locationId: shelf.id, itemIds: [item.id] });
  return { counter, site, item, shelf, lot, floor, place, movements, count };
}

/** Which of the figures an answer has somewhere, not as a part of an id or a time. */
const tells = (answer: TestAnswer, figures: readonly string[] = [expected]) =>
  figures.filter((figure) => new RegExp(`(?<![\\w.:-])${figure}(?![\\w:-])`).test(answer.raw.toString()));

/** All rows of a list, page by page. */
async function all(caller: TestCaller, path: string) {
  const rows = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await caller.get(`${base}/${path}${cursor && `&cursor=${cursor}`}`);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    rows.push(...body.data);
    if (!body.nextCursor) return rows;
    cursor = encodeURIComponent(body.nextCursor);
  }
}

t.test('no count tells its counter what is expected, before it is decided', async (t) => {
  const { counter, count, site } = await blinded();
  const approver = service.as('manager');
  const key = service.as('owner', { type: 'api_key', personId: counter.personId });
  const isBlind = async (state: string) => {
    for (const caller of [counter, key]) {
      for (const path of [`${count.id}`, `?siteId=${site.id}`, `?status=${state}`, '?limit=1000']) {
        const answer = await caller.get(`${counts}${path.startsWith('?') ? path : `/${path}`}`);
        t.equal(answer.status, 200);
        t.strictSame(tells(answer), [], `${state}: ${path}`);
      }
      const unchanged = await caller.get(`${counts}/${count.id}`, { 'if-none-match': '"999"' });
      t.match(unchanged.body.lines, [{ expected: null, variance: null }]);
    }
  };
  await isBlind('counting');
  const submitted = await take(counter, count.id, 'submit', sheetOf(count, ['7000']));
  t.match(submitted.lines, [{ counted: '7000', expected: null, variance: null }]);
  await isBlind('submitted');
  t.match(await approver.get(`${counts}/${count.id}`), { body: { lines: [{ expected, variance: '-341' }] } });
  t.equal((await step(counter, count.id, 'approve')).status, 403);

  const other = service.as('operator');
  await take(approver, count.id, 'recount', { counterId: other.personId });
  await isBlind('counting');
  await take(other, count.id, 'submit', sheetOf(count, ['7300']));
  await isBlind('submitted');
  t.match((await other.get(`${counts}/${count.id}`)).body.lines, [{ counted: '7300', expected: null }]);
  await take(approver, count.id, 'approve');
  for (const caller of [counter, other])
    t.match(
      (await caller.get(`${counts}/${count.id}`)).body.lines,
      [{ expected, variance: '-41' }],
      'then it does',
    );
});

t.test('nor do counts of before, of the same stock', async (t) => {
  const { counter, count, site, item, floor } = await blinded();
  await take(counter, count.id, 'submit', sheetOf(count, [expected]));
  await take(service.as('manager'), count.id, 'approve');
  t.match((await counter.get(`${counts}/${count.id}`)).body.lines, [{ counted: expected, expected }]);
  const again = await startCount(counter, { siteId: site.id });
  t.equal(again.lines.length, 2);
  const before = await counter.get(`${counts}/${count.id}`);
  t.match(before.body.lines, [{ itemId: item.id, counted: null, expected: null, variance: null }]);
  t.strictSame(tells(await counter.get(`${counts}?siteId=${site.id}`)), []);
  t.match((await owner.get(`${counts}/${count.id}`)).body.lines, [{ counted: expected }], 'others are told');
  await take(counter, again.id, 'reject');
  t.equal(await onHand(counter, floor.itemId, floor.siteId), `${beside} | ${expected}`);
});

t.test('balances of what is counted are not there for the counter, however they are asked for', async (t) => {
  const { counter, site, item, shelf, lot } = await blinded({ lotTracked: true });
  const known = await owner.get(`${base}/balances?itemId=${item.id}`);
  const now = encodeURIComponent(new Date().toISOString());
  for (const query of [
    `itemId=${item.id}`,
    `siteId=${site.id}`,
    `siteId=${site.id}&itemId=${item.id}&limit=1`,
    `lotId=${lot?.id}`,
    `itemId=${item.id}&asOf=${now}`,
    'limit=1',
  ]) {
    const rows = await all(counter, `balances?${query}`);
    t.notOk(
      rows.some((row) => row.locationId === shelf.id),
      query,
    );
    t.ok(
      rows.some((row) => row.siteId === site.id && row.onHand === beside),
      `${query}: what lies beside it is`,
    );
    t.ok(
      (await all(owner, `balances?${query}`)).some((row) => row.onHand === expected),
      `${query}: others see it`,
    );
  }
  for (const query of [
    `locationId=${shelf.id}`,
    `locationId=${shelf.id}&asOf=${now}`,
    `locationId=${shelf.id}&lotId=${lot?.id}`,
  ])
    t.strictSame(await all(counter, `balances?${query}`), [], query);
  const tag = { 'if-none-match': String(known.headers.etag) };
  t.equal((await owner.get(`${base}/balances?itemId=${item.id}`, tag)).status, 304);
  const tagged = await counter.get(`${base}/balances?itemId=${item.id}`, tag);
  t.equal(tagged.status, 200, 'a tag of somebody else confirms nothing');
  t.strictSame(tells(tagged), []);
});

t.test('movements of what is counted are not there for the counter, listed or alone', async (t) => {
  const { counter, site, item, shelf, lot, floor, place, movements } = await blinded({ lotTracked: true });
  const elsewhere = await makeSite(owner);
  const within = await move(owner, { ...floor, type: 'TRANSFER', toLocationId: shelf.id, quantity: '3' });
  const out = await move(owner, { ...place, type: 'TRANSFER', toSiteId: elsewhere.id, quantity: '2' });
  const transfer = async (fromSiteId: string, toSiteId: string, line: object) => {
    const lines = [{ itemId: item.id, lotId: lot?.id, quantity: '1', ...line }];
    const { id } = (await owner.post(`${base}/transfers`, { fromSiteId, toSiteId, lines })).body;
    for (const verb of ['dispatch', 'receive']) await owner.post(`${base}/transfers/${id}/${verb}`);
  };
  await transfer(site.id, elsewhere.id, { fromLocationId: shelf.id });
  await transfer(elsewhere.id, site.id, { toLocationId: shelf.id });
  const legs = (await all(owner, `movements?itemId=${item.id}&type=TRANSFER`)).slice(0, 4);
  t.equal(legs.filter((leg) => leg.toLocationId === shelf.id || leg.locationId === shelf.id).length, 4);

  const hidden = new Set([...movements, within.body, out.body, ...legs].map(({ id }) => id));
  for (const id of hidden) {
    t.equal((await owner.get(`${base}/movements/${id}`)).status, 200);
    t.equal((await counter.get(`${base}/movements/${id}`)).status, 404);
    t.equal((await counter.get(`${base}/movements/${id}`, { 'if-none-match': '"1"' })).status, 404);
  }
  for (const query of [
    `itemId=${item.id}`,
    `siteId=${site.id}`,
    `siteId=${elsewhere.id}`,
    `locationId=${shelf.id}`,
    `lotId=${lot?.id}`,
    `itemId=${item.id}&type=RECEIVE`,
    'type=TRANSFER',
    'reference=DN%201',
    'limit=1',
    'limit=1000',
  ]) {
    const rows = await all(counter, `movements?${query}`);
    t.notOk(
      rows.some(({ id }) => hidden.has(id)),
      query,
    );
  }
  const left = await all(counter, `movements?itemId=${item.id}`);
  t.match(left, [{ type: 'RECEIVE', quantity: beside, locationId: null }], 'what lies beside it is');
});

t.test('refusals do not tell the counter what is there', async (t) => {
  const { counter, site, item, shelf, place, movements } = await blinded();
  const other = await makeSite(owner);
  const refused = async (what: string, answer: TestAnswer, openly?: TestAnswer) => {
    t.equal(answer.status, 409, what);
    t.strictSame(tells(answer), [], what);
    const details = answer.body.error.details ?? {};
    for (const figure of ['available', 'onHand']) t.notOk(figure in details, `${what}: ${figure}`);
    if (openly) t.strictSame(tells(openly), [expected], `${what}: somebody else is told`);
  };
  const much = { ...place, type: 'ISSUE' as const, quantity: '8000' };
  await refused('an issue', await move(counter, much), await move(owner, much));
  const away = { ...place, type: 'TRANSFER' as const, toSiteId: other.id, quantity: '8000' };
  await refused('a direct transfer', await move(counter, away), await move(owner, away));
  const down = { ...place, type: 'ADJUST' as const, quantity: '-8000' };
  await refused('an adjustment', await move(counter, down), await move(owner, down));
  const batch = { movements: [much] };
  await refused('a batch', await counter.post(`${base}/movements/batch`, batch));

  const lines = [{ itemId: item.id, fromLocationId: shelf.id, quantity: '8000' }];
  const { id } = (await owner.post(`${base}/transfers`, { fromSiteId: site.id, toSiteId: other.id, lines }))
    .body;
  const dispatch = (caller: TestCaller) => caller.post(`${base}/transfers/${id}/dispatch`);
  await refused('a transfer', await dispatch(counter), await dispatch(owner));

  const product = await makeItem(owner);
  const bom = await makeBom(owner, product.id, [[item.id, '1']]);
  const order = await makeReleased(owner, { bomId: bom.id, siteId: site.id, quantity: '8000' });
  const work = (caller: TestCaller, verb: string, body: object) =>
    caller.post(`${base}/production-orders/${order.id}/${verb}`, body);
  const consumed = { lines: [{ lineId: order.lines[0]?.id, quantity: '8000', locationId: shelf.id }] };
  await refused(
    'a consumption',
    await work(counter, 'consume', consumed),
    await work(owner, 'consume', consumed),
  );
  await refused('a completion', await work(counter, 'complete', { backflush: true }));

  const wanted = { itemId: item.id, siteId: site.id, quantity: '8000' };
  for (const at of [{}, { locationId: shelf.id }])
    await refused('a reservation', await counter.post(`${base}/reservations`, { ...wanted, ...at }));
  const beside = await counter.post(`${base}/reservations`, { ...wanted, locationId: shelf.id });
  t.match(beside.body.error.code, 'INSUFFICIENT_STOCK');
  await refused(
    'picks',
    await counter.get(`${base}/picks?itemId=${item.id}&siteId=${site.id}&quantity=1`),
    await owner.get(`${base}/picks?itemId=${item.id}&siteId=${site.id}&quantity=7391`),
  );
  await move(owner, { ...place, type: 'ISSUE', quantity: '2000' });
  const reverse = (caller: TestCaller) => caller.post(`${base}/movements/${movements[0]?.id}/reverse`);
  const answer = await reverse(counter);
  t.strictSame(tells(answer, ['5341']), []);
  await refused('a reversal', answer);
  t.strictSame(tells(await reverse(owner), ['5341']), ['5341']);
});

t.test('a guess is not confirmed: not by expectedOnHand, nor by which of several fails', async (t) => {
  const { counter, place, floor } = await blinded();
  const batch = (caller: TestCaller, movements: object[]) =>
    caller.post(`${base}/movements/batch`, { movements });
  const { error } = (await move(counter, { ...place, quantity: '1', expectedOnHand: expected })).body;
  t.equal(error.code, 'CONFLICT');
  for (const [what, answer] of [
    ['a wrong guess', await move(counter, { ...place, quantity: '1', expectedOnHand: '5' })],
    [
      'in a batch',
      await batch(counter, [{ ...place, type: 'RECEIVE', quantity: '1', expectedOnHand: expected }]),
    ],
    [
      'of where it goes to',
      await move(counter, {
        ...floor,
        ...{ type: 'TRANSFER', toLocationId: place.locationId, quantity: '1', expectedOnHand: beside },
      }),
    ],
  ] as const)
    t.match(answer, { status: 409, body: { error: { code: error.code, message: error.message } } }, what);

  const issue = (quantity: string) => ({ ...place, type: 'ISSUE', quantity });
  const untold = ({ body }: TestAnswer) => {
    const { timestamp: _, requestId: __, ...rest } = body.error;
    return rest;
  };
  const least = String(1e14 - 7341);
  for (const [what, poison] of [
    ['more than lies beside', { ...floor, type: 'ISSUE', quantity: '51' }],
    ['a wrong guess beside', { ...floor, type: 'RECEIVE', quantity: '1', expectedOnHand: '5' }],
    ['no such location', { ...floor, locationId: unknownId, type: 'RECEIVE', quantity: '1' }],
    ['an unknown item', { ...floor, itemId: unknownId, type: 'RECEIVE', quantity: '1' }],
    ['more than a balance can be', { ...floor, type: 'RECEIVE', quantity: String(1e14 - 50) }],
  ] as const) {
    const enough = await batch(counter, [issue(expected), poison]);
    const short = await batch(counter, [issue('7342'), poison]);
    t.ok(enough.status >= 400, what);
    t.strictSame([short.status, untold(short)], [enough.status, untold(enough)], what);
    const fits = { ...place, type: 'RECEIVE', quantity: String(1e14 - 7342) };
    const over = await batch(counter, [{ ...fits, quantity: least }, poison]);
    t.strictSame(
      untold(over),
      untold(await batch(counter, [fits, poison])),
      `${what}, after a great receipt`,
    );
  }
  t.match(
    untold(await batch(owner, [issue('7342'), issue('1')])),
    { details: { available: expected } },
    'somebody else is told',
  );
  t.equal(
    await onHand(owner, place.itemId, place.siteId),
    `${beside} | ${expected}`,
    'nothing of it happened',
  );
});

t.test('where a reservation is held is not shown to the counter: it tells what was there', async (t) => {
  const { counter, site, item, place } = await blinded();
  const wanted = { itemId: item.id, siteId: site.id, quantity: '7351' };
  const theirs = (await owner.post(`${base}/reservations`, wanted)).body as Reservation;
  t.equal(theirs.allocations?.length, 2);
  const hidden = (answer: TestAnswer, what: string) => {
    t.ok(answer.status < 300, what);
    const reservation = answer.body.data?.[0] ?? answer.body;
    t.match(reservation, { itemId: item.id, allocations: null }, what);
    t.strictSame(tells(answer), [], what);
  };
  hidden(await counter.get(`${base}/reservations/${theirs.id}`), 'read');
  for (const query of [`itemId=${item.id}`, `siteId=${site.id}&status=open`])
    hidden(await counter.get(`${base}/reservations?${query}`), query);
  hidden(await counter.post(`${base}/reservations/${theirs.id}/consume`, { quantity: '1' }), 'consumed');
  hidden(await counter.post(`${base}/reservations/${theirs.id}/release`), 'released');
  hidden(await counter.post(`${base}/reservations`, { ...wanted, quantity: '7345' }), 'their own');
  const [own] = (await owner.get(`${base}/reservations?itemId=${item.id}&status=open`)).body.data;
  t.equal(own.allocations.length, 2, 'others are shown it');
  const elsewhere = await makeStock(owner, '5');
  const free = { itemId: elsewhere.item.id, siteId: elsewhere.site.id, quantity: '2' };
  t.match((await counter.post(`${base}/reservations`, free)).body, { allocations: [{ quantity: '2' }] });
  t.equal((await move(counter, { ...place, quantity: '1' })).status, 201, 'work goes on');
});

t.test('no answer of any list or sheet has the figures for who counts', async (t) => {
  const reorderPoint = '9000';
  const policy = { reorderPoint, reorderQuantity: '10' };
  const { counter, count, site, item, shelf } = await blinded(policy, ['6107', '1566', '299']);
  const other = await makeStock(owner, '1');
  await makeLot(owner, (await makeItem(owner, { lotTracked: true })).id);
  await owner.post(`${base}/reservations`, { itemId: item.id, siteId: site.id, quantity: '60' });
  const ids: Record<string, string> = {
    ...{ itemId: item.id, siteId: site.id, locationId: shelf.id, cycleCountId: count.id, quantity: '1' },
  };
  // On hand, available, the same of the site, and what was moved.
  const figures = ['7374', '7314', '7424', '7364', '6107', '1566', '299'];
  const reads = inventoryOperations.filter(({ method }) => method === 'GET');
  t.ok(reads.length > 15);
  for (const { id, path, query } of reads) {
    const known = path.replace(/:(\w+)/g, (_, name) => ids[name] ?? unknownId);
    const names = Object.keys((query as { properties?: object } | undefined)?.properties ?? {}).filter(
      (name) => name in ids,
    );
    const queries = ['', ...names.map((name) => `?${name}=${ids[name]}`)];
    if (names.length > 1) queries.push(`?${names.map((name) => `${name}=${ids[name]}`).join('&')}`);
    for (const asked of queries)
      t.strictSame(tells(await counter.get(`${known}${asked}`), figures), [], `${id}${asked}`);
  }
  const [there] = tells(await owner.get(`${base}/balances?itemId=${item.id}`), figures);
  t.equal(there, '7374', 'as they are there');
  t.match((await counter.get(`${base}/balances?itemId=${other.item.id}`)).body.data, [{ onHand: '1' }]);
});

t.test('only people who count are blind, and only as long as they do', async (t) => {
  const { counter, count, item, site } = await blinded();
  const sees = async (caller: TestCaller) => (await onHand(caller, item.id, site.id)).includes(expected);
  t.notOk(await sees(counter));
  t.notOk(
    await sees(service.as('viewer', { type: 'api_key', personId: counter.personId })),
    'a key of theirs',
  );
  t.ok(await sees(service.as('viewer')));
  t.ok(await sees(service.as('operator', { type: 'api_key', personId: null as never })));
  const drafted = service.as('operator');
  await owner.post(counts, { siteId: site.id, counterId: drafted.personId });
  t.ok(await sees(drafted), 'a count that has not begun covers nothing');
  const stranger = service.as('owner', { tenantId: unknownId, personId: counter.personId });
  const theirs = await makeStock(stranger, '5');
  t.equal(await onHand(stranger, theirs.item.id, theirs.site.id), '5');

  await take(counter, count.id, 'submit', sheetOf(count, [expected]));
  t.notOk(await sees(counter), 'until it is decided');
  await take(service.as('manager'), count.id, 'reject');
  t.ok(await sees(counter));
});

t.test('stock that turns up meanwhile is covered too', async (t) => {
  const counter = service.as('owner');
  const { item, site } = await makeStock(owner, '5');
  await startCount(counter, { siteId: site.id });
  const fresh = await makeItem(owner);
  const shelf = await makeLocation(owner, site.id);
  for (const itemId of [item.id, fresh.id]) {
    const made = await move(owner, { itemId, siteId: site.id, locationId: shelf.id, quantity: expected });
    t.equal((await counter.get(`${base}/movements/${made.body.id}`)).status, 404);
    t.equal(await onHand(counter, itemId, site.id), '');
  }
  t.strictSame(await all(counter, `movements?siteId=${site.id}`), []);
});
