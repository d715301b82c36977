import { setTimeout as delay } from 'node:timers/promises';
import type { CycleCount } from '@stockade/contracts/inventory';
import t from 'tap';
import { tally, times } from './at-once.ts';
import { counts, sheetOf, startCount, step, take } from './counting.ts';
import {
  makeItem,
  makeLocation,
  makeLot,
  makeSite,
  makeStock,
  move,
  onHand,
  startInventory,
  unbalancedPlaces,
  unknownId,
} from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');
const counter = service.as('operator');
const second = service.as('operator');
const approver = service.as('manager');

const read = async (id: string): Promise<CycleCount> => (await approver.get(`${counts}/${id}`)).body;
const postings = async (itemId: string) =>
  (await owner.get(`/v1/inventory/movements?itemId=${itemId}&type=COUNT`)).body.data;

const auditOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1'))
    .filter((entry) => entry.payload.target.id === id)
    .map((entry) => entry.payload.action);

/** A count under way of one line, of which so much is on hand. */
async function counting(quantity: string) {
  const { item, site } = await makeStock(owner, quantity);
  const place = { itemId: item.id, siteId: site.id };
  return { item, site, place, count: await startCount(counter, { siteId: site.id }) };
}

t.test('a count is planned, started, handed in and approved: its variance is posted', async (t) => {
  const { item, site } = await makeStock(owner, '10');
  const made = await counter.post(counts, { siteId: site.id, reference: 'CC 1' });
  t.match(made, {
    status: 201,
    headers: { etag: '"1"' },
    body: { siteId: site.id, locationId: null, status: 'draft', round: 1, lines: [], reference: 'CC 1' },
  });
  t.equal(made.body.counterId, counter.personId, 'counted by its maker unless told');
  const { id } = made.body;
  t.equal((await step(counter, id, 'start', undefined, { 'if-match': '"2"' })).status, 412);
  const started = await take(counter, id, 'start');
  t.match(started, { status: 'counting', lines: [{ itemId: item.id, counted: null, expected: null }] });

  const submitted = await take(counter, id, 'submit', sheetOf(started, ['7']));
  t.match(submitted, { status: 'submitted', lines: [{ counted: '7', expected: null, variance: null }] });
  t.match((await read(id)).lines, [{ counted: '7', expected: '10', variance: '-3', movementId: null }]);
  t.equal(await onHand(owner, item.id, site.id), '10', 'nothing is posted yet');

  const approved = await take(approver, id, 'approve', { reason: 'Plausible' });
  t.match(approved, {
    status: 'approved',
    reason: 'Plausible',
    decidedBy: { id: approver.personId },
    version: 4,
  });
  t.equal(await onHand(owner, item.id, site.id), '7');
  const [posted, ...more] = await postings(item.id);
  t.strictSame(more, []);
  t.match(posted, {
    quantity: '-3',
    reference: 'CC 1',
    reason: 'Cycle count',
    actor: { id: approver.personId },
  });
  t.equal(posted.occurredAt, approved.lines[0]?.countedAt, 'so since it was counted');
  t.equal(approved.lines[0]?.movementId, posted.id);
  t.match(
    (await counter.get(`${counts}/${id}`)).body.lines,
    [{ expected: '10', variance: '-3' }],
    'told at last',
  );
  t.strictSame(
    await auditOf(id),
    ['create', 'start', 'submit', 'approve'].map((verb) => `inventory.cycle-count.${verb}`),
  );
  t.strictSame(await auditOf(posted.id), ['inventory.movement.create']);
  t.match(
    await owner.post(`/v1/inventory/movements/${posted.id}/reverse`),
    { status: 409, body: { error: { details: { belongsTo: 'cycle count' } } } },
    'it is corrected by another count',
  );
  for (const query of [`siteId=${site.id}`, `siteId=${site.id}&status=approved`])
    t.strictSame((await owner.get(`${counts}?${query}`)).body.data, [approved], query);
  t.strictSame((await owner.get(`${counts}?siteId=${site.id}&status=draft`)).body.data, []);
});

t.test('lines are what the ledger has or had: of a site, a location or some items', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const shelf = await makeLocation(owner, site.id);
  const gone = await makeItem(owner);
  await move(owner, { itemId: item.id, siteId: site.id, locationId: shelf.id, quantity: '2' });
  await move(owner, { itemId: gone.id, siteId: site.id, quantity: '3' });
  await move(owner, { itemId: gone.id, siteId: site.id, quantity: '3', type: 'ISSUE' });
  const linesOf = async (fields: object) => {
    const { id, lines } = await startCount(counter, { siteId: site.id, ...fields });
    await take(counter, id, 'submit', sheetOf({ lines } as CycleCount, ['0']));
    await take(approver, id, 'reject');
    return lines.map(({ itemId, locationId }) => [itemId, locationId]);
  };
  t.strictSame(
    await linesOf({}),
    [
      [item.id, null],
      [gone.id, null],
      [item.id, shelf.id],
    ],
    'where nothing is left too: that a line is there tells nothing',
  );
  t.strictSame(await linesOf({ locationId: shelf.id }), [[item.id, shelf.id]]);
  t.strictSame(await linesOf({ itemIds: [gone.id] }), [[gone.id, null]]);
  t.strictSame(await linesOf({ itemIds: [gone.id], locationId: shelf.id }), []);
});

t.test('stock that nobody expected is counted too', async (t) => {
  const { item, site, count } = await counting('5');
  const shelf = await makeLocation(owner, site.id);
  const lotted = await makeItem(owner, { lotTracked: true });
  const lot = await makeLot(owner, lotted.id);
  const submitted = await take(counter, count.id, 'submit', {
    lines: [
      { itemId: item.id, quantity: '5' },
      { itemId: item.id, locationId: shelf.id, quantity: '2' },
      { itemId: lotted.id, lotId: lot.id, quantity: '4' },
    ],
  });
  t.equal(submitted.lines.length, 3, 'a line may be named by what and where it is');
  t.match((await read(count.id)).lines.map(({ expected, variance }) => [expected, variance]).sort(), [
    ['0', '2'],
    ['0', '4'],
    ['5', '0'],
  ]);
  await take(approver, count.id, 'approve');
  t.equal(await onHand(owner, lotted.id, site.id), '4');
  t.strictSame((await onHand(owner, item.id, site.id)).split(' | ').sort(), ['2', '5']);
  t.equal((await postings(item.id)).length, 1, 'no movement where there is no variance');

  const empty = await startCount(counter, { siteId: (await makeSite(owner)).id });
  t.match(await take(counter, empty.id, 'submit', { lines: [] }), { status: 'submitted', lines: [] });
  t.match(
    await take(approver, empty.id, 'approve'),
    { status: 'approved', lines: [] },
    'nothing, as expected',
  );
});

t.test('what was not counted is missing, and what is no part of the count is refused', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const shelf = await makeLocation(owner, site.id);
  await move(owner, { itemId: item.id, siteId: site.id, locationId: shelf.id, quantity: '5' });
  const other = await makeItem(owner);
  const count = await startCount(counter, { siteId: site.id, itemIds: [item.id] });
  const [one, two] = count.lines.map(({ id }) => ({ lineId: id, quantity: '5' }));
  for (const [what, lines, path] of [
    ['nothing counted', [], '/lines'],
    ['a line missing', [one], '/lines'],
    ['a line twice', [one, two, one], '/lines/2'],
    ['a line twice, by its place', [one, two, { itemId: item.id, quantity: '5' }], '/lines/2'],
    ['half a piece', [{ ...one, quantity: '0.5' }, two], '/lines/0/quantity'],
    ['below zero', [{ ...one, quantity: '-1' }, two], '/lines/0/quantity'],
    ['no line and no item', [one, two, { quantity: '1' }], '/lines/2'],
    ['an item that it is not about', [one, two, { itemId: other.id, quantity: '1' }], '/lines/2'],
    ['before it began', [{ ...one, countedAt: '2020-01-01T00:00:00Z' }, two], '/lines/0/countedAt'],
    ['in the future', [{ ...one, countedAt: '2999-01-01T00:00:00Z' }, two], '/lines/0/countedAt'],
  ] as const) {
    const answer = await step(counter, count.id, 'submit', { lines });
    t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } }, what);
    t.equal(answer.body.error.details.errors[0].path, path, what);
  }
  const strange = { lineId: unknownId, quantity: '1' };
  t.equal((await step(counter, count.id, 'submit', { lines: [one, two, strange] })).status, 404);
  const elsewhere = await makeLocation(owner, (await makeSite(owner)).id);
  const wrongPlace = { itemId: item.id, locationId: elsewhere.id, quantity: '1' };
  t.equal((await step(counter, count.id, 'submit', { lines: [one, two, wrongPlace] })).status, 404);
  t.match(await read(count.id), {
    status: 'counting',
    version: 2,
    lines: [{ counted: null }, { counted: null }],
  });
});

t.test('a count is handed in by who was named to count', async (t) => {
  const { site } = await makeStock(owner, '5');
  const { id } = (await approver.post(counts, { siteId: site.id, counterId: counter.personId })).body;
  const started = await take(approver, id, 'start');
  const sheet = sheetOf(started, ['5']);
  t.equal((await step(second, id, 'submit', sheet)).status, 403);
  t.equal((await step(approver, id, 'submit', sheet)).status, 403, 'nor by who planned it');
  const key = service.as('operator', { type: 'api_key', personId: counter.personId });
  t.equal((await step(key, id, 'submit', sheet)).status, 200, 'a key of theirs is them');
});

t.test('nobody approves what they counted, not through a key either', async (t) => {
  const mine = service.as('manager');
  const { item, site } = await makeStock(owner, '5');
  const started = await startCount(mine, { siteId: site.id });
  await take(mine, started.id, 'submit', sheetOf(started, ['4']));
  const key = service.as('manager', { type: 'api_key', personId: mine.personId });
  const nobodys = service.as('manager', { type: 'api_key', personId: null as never });
  for (const caller of [mine, key, nobodys, counter, service.as('viewer')])
    t.equal((await step(caller, started.id, 'approve')).status, 403);

  await take(approver, started.id, 'recount', { counterId: second.personId });
  await take(second, started.id, 'submit', sheetOf(started, ['3']));
  t.equal((await step(mine, started.id, 'approve')).status, 403, 'nor who counted in an earlier round');
  t.equal(await onHand(owner, item.id, site.id), '5');
  await take(approver, started.id, 'approve');
  t.equal(await onHand(owner, item.id, site.id), '3');
  const held = await service.query(
    "select id from cycle_counts where status = 'approved' and decided_by_person = any (counters)",
  );
  t.strictSame(held, []);
  const own = 'update cycle_counts set decided_by_person = counters[1] where id = $1';
  const broken = await service.asApp(service.tenantId, own, [started.id]).then(
    () => null,
    (error) => error.constraint,
  );
  t.equal(broken, 'cycle_counts_other_approver', 'the database holds that too');
});

t.test('lines are counted again: those named, or those with a variance', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const shelf = await makeLocation(owner, site.id);
  await move(owner, { itemId: item.id, siteId: site.id, locationId: shelf.id, quantity: '8' });
  const count = await startCount(counter, { siteId: site.id });
  const [floor, rack] = count.lines.map(({ id }) => id);
  await take(counter, count.id, 'submit', sheetOf(count, ['5', '6']));

  t.equal((await step(counter, count.id, 'recount')).status, 403, 'that is for who approves');
  t.equal((await step(approver, count.id, 'recount', { lineIds: [unknownId] })).status, 404);
  const again = await take(approver, count.id, 'recount', { counterId: second.personId });
  t.match(again, { status: 'counting', round: 2, counterId: second.personId, submittedAt: null });
  t.match(again.lines, [
    { id: floor, counted: '5' },
    { id: rack, counted: null, expected: null, variance: null },
  ]);
  const only = { lines: [{ lineId: rack, quantity: '7' }] };
  t.equal((await step(counter, count.id, 'submit', only)).status, 403, 'another counts now');
  const all = { lines: [...only.lines, { lineId: floor, quantity: '5' }] };
  t.match(await step(second, count.id, 'submit', all), {
    status: 400,
    body: { error: { details: { errors: [{ path: '/lines/1' }] } } },
  });
  await take(second, count.id, 'submit', only);
  t.match((await read(count.id)).lines, [{ variance: '0' }, { counted: '7', variance: '-1' }]);

  await take(approver, count.id, 'recount', { lineIds: [floor] });
  t.match(
    (await read(count.id)).lines,
    [{ counted: null }, { counted: '7' }],
    'the one named, without a variance',
  );
  await take(second, count.id, 'submit', { lines: [{ lineId: floor, quantity: '5' }] });
  await take(approver, count.id, 'approve');
  t.strictSame((await onHand(owner, item.id, site.id)).split(' | ').sort(), ['5', '7']);

  const right = await startCount(counter, { siteId: site.id });
  const rightly = await read(right.id);
  await take(counter, right.id, 'submit', sheetOf(rightly, ['5', '7']));
  t.match(
    await step(approver, right.id, 'recount'),
    { status: 409, body: { error: { code: 'CONFLICT', message: /name those to be counted again/ } } },
    'no line has a variance',
  );
  await take(approver, right.id, 'approve');
  t.equal((await postings(item.id)).length, 1, 'no variance, no movement');
});

t.test('who counted does not learn from a recount which lines have a variance', async (t) => {
  const mine = service.as('manager');
  const { item, site } = await makeStock(owner, '5');
  await move(owner, { itemId: (await makeItem(owner)).id, siteId: site.id, quantity: '9' });
  const count = await startCount(mine, { siteId: site.id });
  for (const quantities of [
    ['5', '9'],
    ['5', '8'],
    ['4', '8'],
  ]) {
    await take(mine, count.id, 'submit', sheetOf(count, quantities));
    t.match(await take(mine, count.id, 'recount'), {
      status: 'counting',
      lines: [{ counted: null }, { counted: null }],
    });
  }
  await take(mine, count.id, 'submit', sheetOf(count, ['5', '9']));
  const named = await take(mine, count.id, 'recount', { lineIds: [count.lines[0]?.id] });
  t.match(named.lines, [{ itemId: item.id, counted: null }, { counted: '9' }]);
});

t.test('a rejected count posts nothing and frees its places', async (t) => {
  const { item, site, count } = await counting('5');
  await take(counter, count.id, 'submit', sheetOf(count, ['1']));
  t.match(await take(approver, count.id, 'reject', { reason: 'Wrong site' }), {
    status: 'rejected',
    reason: 'Wrong site',
    decidedBy: { id: approver.personId },
  });
  t.equal(await onHand(owner, item.id, site.id), '5');
  t.strictSame(await postings(item.id), []);
  const next = await startCount(second, { siteId: site.id });
  t.equal(next.lines.length, 1);
  await take(approver, next.id, 'reject');
  const draft = (await counter.post(counts, { siteId: site.id })).body;
  t.equal((await take(approver, draft.id, 'reject')).status, 'rejected', 'one that never began');
});

t.test('steps in the wrong state are refused; the answer names it and those allowed', async (t) => {
  const { site, count } = await counting('5');
  const draft = (await counter.post(counts, { siteId: site.id })).body;
  const done = await counting('5');
  await take(counter, done.count.id, 'submit', sheetOf(done.count, ['5']));
  const submitted = done.count.id;
  const rejected = (await counter.post(counts, { siteId: site.id })).body;
  await take(approver, rejected.id, 'reject');
  const everything = ['draft', 'counting', 'submitted'];
  for (const [id, verb, state, allowed] of [
    [draft.id, 'submit', 'draft', ['counting']],
    [draft.id, 'approve', 'draft', ['submitted']],
    [draft.id, 'recount', 'draft', ['submitted']],
    [count.id, 'start', 'counting', ['draft']],
    [count.id, 'approve', 'counting', ['submitted']],
    [count.id, 'recount', 'counting', ['submitted']],
    [submitted, 'start', 'submitted', ['draft']],
    [submitted, 'submit', 'submitted', ['counting']],
    [rejected.id, 'start', 'rejected', ['draft']],
    [rejected.id, 'approve', 'rejected', ['submitted']],
    [rejected.id, 'reject', 'rejected', everything],
  ] as const) {
    const body = verb === 'submit' ? { lines: [] } : undefined;
    t.match(
      await step(owner, id, verb, body),
      { status: 409, body: { error: { code: 'INVALID_STATE', details: { state, allowed } } } },
      `${verb} of one that is ${state}`,
    );
  }
});

t.test('what moves while it is counted is no variance', async (t) => {
  for (const [what, received, variance, after] of [
    ['before the line was counted', 'before', '-1', '14'],
    ['after the line was counted, before it is handed in', 'between', '-1', '14'],
    ['after it was handed in, before it is approved', 'after', '-1', '14'],
  ] as const)
    await t.test(what, async (t) => {
      const { item, site, place, count } = await counting('10');
      const receive = async (at: string) => {
        if (at === received) await move(owner, { ...place, quantity: '5' });
        await delay(5);
      };
      await receive('before');
      const countedAt = new Date().toISOString();
      await delay(5);
      const seen = received === 'before' ? '14' : '9';
      await receive('between');
      await take(counter, count.id, 'submit', sheetOf(count, [seen], { countedAt }));
      t.match((await read(count.id)).lines, [{ counted: seen, variance }]);
      await receive('after');
      t.equal(await onHand(owner, item.id, site.id), '15');
      t.match((await read(count.id)).lines, [{ counted: seen, variance }], 'it stays so');
      await take(approver, count.id, 'approve');
      t.equal(await onHand(owner, item.id, site.id), after);
      t.match(await postings(item.id), [{ quantity: variance, occurredAt: countedAt }]);
      const then = await owner.get(
        `/v1/inventory/balances?itemId=${item.id}&asOf=${encodeURIComponent(countedAt)}`,
      );
      t.equal(then.body.data[0].onHand, seen, 'on hand as of then is what was counted');
    });

  await t.test('without a time, what was handed in is of that very moment', async (t) => {
    for (let round = 0; round < 10; round++) {
      const { item, site, place, count } = await counting('10');
      await move(owner, { ...place, quantity: '5' });
      await take(counter, count.id, 'submit', sheetOf(count, ['15']));
      t.match((await read(count.id)).lines, [{ expected: '15', variance: '0' }]);
      await take(approver, count.id, 'approve');
      t.equal(await onHand(owner, item.id, site.id), '15');
    }
  });
});

t.test(
  'movements that race with a count leave on hand as it was counted, and what moved since',
  async (t) => {
    const { item, site, place, count } = await counting('50');
    const [submitted, ...moved] = await Promise.all([
      step(counter, count.id, 'submit', sheetOf(count, ['40'])),
      ...Array.from({ length: 12 }, (_, i) =>
        move(owner, { ...place, type: i % 2 ? 'RECEIVE' : 'ISSUE', quantity: String(i + 1) }),
      ),
    ]);
    t.equal(submitted.status, 200);
    t.ok(moved.every(({ status }) => status === 201));
    const [line] = (await read(count.id)).lines;
    const before = Number(await onHand(owner, item.id, site.id));
    t.equal(before, 56);
    t.equal(Number(line?.variance), 40 - Number(line?.expected));
    const [entry] = await service.query<{ on_hand: string }>(
      `select trim_scale(e.on_hand)::text as on_hand from cycle_count_lines l
     join balances b on (b.item_id, b.site_id) = (l.item_id, l.site_id)
     join ledger_entries e on e.balance_id = b.id and e.position = l.position where l.cycle_count_id = $1`,
      [count.id],
    );
    t.equal(entry?.on_hand, line?.expected, 'what was expected is what the ledger had after some movement');
    await take(approver, count.id, 'approve');
    t.equal(Number(await onHand(owner, item.id, site.id)), before + Number(line?.variance));
  },
);

t.test('one count at a time has a place', async (t) => {
  const { item, site, count } = await counting('5');
  const shelf = await makeLocation(owner, site.id);
  await move(owner, { itemId: item.id, siteId: site.id, locationId: shelf.id, quantity: '2' });
  const overlap = { status: 409, body: { error: { code: 'CONFLICT', message: /Another count/ } } };
  const plan = async (fields: object) => (await second.post(counts, { siteId: site.id, ...fields })).body;
  const whole = await plan({});
  t.match(await step(second, whole.id, 'start'), overlap);
  t.match(await read(whole.id), { status: 'draft', version: 1, lines: [] });
  t.match(await step(second, (await plan({ itemIds: [item.id] })).id, 'start'), overlap);
  const other = await plan({ locationId: shelf.id });
  t.equal((await step(second, other.id, 'start')).status, 200, 'another place is another matter');
  t.match(
    await step(counter, count.id, 'submit', {
      lines: [...sheetOf(count, ['5']).lines, { itemId: item.id, locationId: shelf.id, quantity: '2' }],
    }),
    overlap,
    'nor is it found by two',
  );
  for (const id of [count.id, other.id]) await take(approver, id, 'reject');
  t.equal((await step(second, whole.id, 'start')).status, 200);

  const busy = await makeStock(owner, '5');
  const drafts = await times(6, () => counter.post(counts, { siteId: busy.site.id }));
  const starts = await times(6, (i) => step(counter, drafts[i]?.body.id, 'start'));
  t.strictSame(tally(starts), { 200: 1, '409 CONFLICT': 5 });
});

t.test('the same step many times at once happens once', async (t) => {
  const { item, site } = await makeStock(owner, '5');
  const { id } = (await counter.post(counts, { siteId: site.id })).body;
  t.strictSame(tally(await times(6, () => step(counter, id, 'start'))), { 200: 1, '409 INVALID_STATE': 5 });
  const count = await read(id);
  const hand = () => step(counter, id, 'submit', sheetOf(count, ['9']));
  t.strictSame(tally(await times(6, hand)), { 200: 1, '409 INVALID_STATE': 5 });
  const decide = (i: number) => step(approver, id, i % 3 ? 'approve' : 'reject');
  t.strictSame(tally(await times(9, decide)), { 200: 1, '409 INVALID_STATE': 8 }, 'one decision');
  const { status } = await read(id);
  t.equal(await onHand(owner, item.id, site.id), status === 'approved' ? '9' : '5');

  const next = await counting('5');
  await take(counter, next.count.id, 'submit', sheetOf(next.count, ['8']));
  const approvals = await times(8, () => step(approver, next.count.id, 'approve'));
  t.strictSame(tally(approvals), { 200: 1, '409 INVALID_STATE': 7 });
  t.equal((await postings(next.item.id)).length, 1, 'posted once');
  t.equal(await onHand(owner, next.item.id, next.site.id), '8');
});

t.test('a count that would take away more than is left is counted again', async (t) => {
  const { item, site, place, count } = await counting('10');
  await take(counter, count.id, 'submit', sheetOf(count, ['2']));
  await move(owner, { ...place, type: 'ISSUE', quantity: '5' });
  t.match(await step(approver, count.id, 'approve'), {
    status: 409,
    body: { error: { code: 'CONFLICT', message: /counted again/, details: { onHand: '5' } } },
  });
  t.match(await read(count.id), { status: 'submitted', version: 3 });
  t.equal(await onHand(owner, item.id, site.id), '5');
  await take(approver, count.id, 'recount');
  await take(counter, count.id, 'submit', sheetOf(count, ['2']));
  await take(approver, count.id, 'approve');
  t.equal(await onHand(owner, item.id, site.id), '2');

  const reserved = await counting('10');
  await owner.post('/v1/inventory/reservations', { ...reserved.place, quantity: '8' });
  await take(counter, reserved.count.id, 'submit', sheetOf(reserved.count, ['5']));
  t.match(await step(approver, reserved.count.id, 'approve'), {
    status: 409,
    body: { error: { code: 'CONFLICT', message: /release reservations/, details: { available: '2' } } },
  });
});

t.test('what a count names must be there, and of the same tenant', async (t) => {
  const { item, site, count } = await counting('5');
  const stranger = service.as('owner', { tenantId: unknownId });
  const theirs = await makeStock(stranger, '5');
  const theirShelf = await makeLocation(stranger, theirs.site.id);
  const elsewhere = await makeLocation(owner, (await makeSite(owner)).id);
  for (const fields of [
    { siteId: theirs.site.id },
    { siteId: site.id, itemIds: [item.id, theirs.item.id] },
    { siteId: site.id, locationId: theirShelf.id },
    { siteId: site.id, locationId: elsewhere.id },
    { siteId: unknownId },
  ])
    t.equal((await counter.post(counts, fields)).status, 404, JSON.stringify(fields));
  for (const fields of [{}, { siteId: site.id, itemIds: [] }, { siteId: site.id, extra: 1 }, { siteId: 'x' }])
    t.equal((await counter.post(counts, fields)).status, 400, JSON.stringify(fields));
  const nobodys = service.as('operator', { type: 'api_key', personId: null as never });
  t.equal((await nobodys.post(counts, { siteId: site.id })).status, 403, 'a count has a person who counts');
  await owner.patch(`/v1/inventory/sites/${site.id}`, { active: false });
  t.match(await counter.post(counts, { siteId: site.id }), {
    status: 409,
    body: { error: { code: 'INVALID_STATE' } },
  });

  t.equal((await stranger.get(`${counts}/${count.id}`)).status, 404);
  t.strictSame((await stranger.get(counts)).body.data, []);
  for (const verb of ['start', 'recount', 'approve', 'reject'] as const)
    t.equal((await step(stranger, count.id, verb)).status, 404, verb);
  t.equal((await step(stranger, count.id, 'submit', sheetOf(count, ['5']))).status, 404);
  t.match(await read(count.id), { status: 'counting', version: 2 });
});

t.test('after all that, a count posted each variance once', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
  const wrong = await service.query(`
    select l.id, c.status, l.counted, l.expected, m.quantity from cycle_count_lines l
    join cycle_counts c on (c.tenant_id, c.id) = (l.tenant_id, l.cycle_count_id)
    left join movements m on (m.tenant_id, m.id) = (l.tenant_id, l.movement_id)
    where case when c.status = 'approved' then coalesce(m.quantity, 0) <> l.counted - l.expected or l.open
      else m.id is not null or l.open <> (c.status <> 'rejected') end`);
  t.strictSame(wrong, []);
  const [posted] = await service.query<{ lines: number; movements: number }>(`
    select (select count(*)::int from cycle_count_lines where movement_id is not null) as lines,
      (select count(*)::int from movements where type = 'COUNT') as movements`);
  t.equal(posted?.lines, posted?.movements);
  t.ok(posted && posted.lines > 10, 'there were enough of them');
});
