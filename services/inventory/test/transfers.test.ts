import type { Transfer } from '@stockade/contracts/inventory';
import t from 'tap';
import { tally, times } from './at-once.ts';
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
const base = '/v1/inventory/transfers';

type Line = Transfer['lines'][number];

async function plan(fromSiteId: string, toSiteId: string, lines: object[], fields = {}): Promise<Transfer> {
  const { status, body } = await owner.post(base, { fromSiteId, toSiteId, lines, ...fields });
  if (status !== 201) throw new Error(`The transfer was answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

const act = (id: string, verb: 'dispatch' | 'receive' | 'cancel', body?: object, headers = {}) =>
  owner.post(`${base}/${id}/${verb}`, body, headers);

const receive = (id: string, lines: object[]) => act(id, 'receive', { lines });
const read = async (id: string): Promise<Transfer> => (await owner.get(`${base}/${id}`)).body;

/** One line of so much, on its way from a site with 10 to another. */
async function underWay(quantity = '10') {
  const { item, site: from } = await makeStock(owner, '10');
  const to = await makeSite(owner);
  const planned = await plan(from.id, to.id, [{ itemId: item.id, quantity }]);
  const { status, body } = await act(planned.id, 'dispatch');
  if (status !== 200) throw new Error(`The dispatch was answered ${status}`);
  return { item, from, to, id: planned.id, line: body.lines[0] as Line };
}

const auditOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1'))
    .filter((entry) => entry.payload.target.id === id)
    .map((entry) => entry.payload.action);

const legsOf = async (itemId: string) => {
  const { data } = (await owner.get(`/v1/inventory/movements?itemId=${itemId}&type=TRANSFER`)).body;
  return data.map((movement: { quantity: string }) => movement.quantity);
};

t.test('goods are planned, leave, and arrive in parts', async (t) => {
  const { item, site: from } = await makeStock(owner, '10');
  const to = await makeSite(owner);
  const made = await owner.post(base, {
    ...{ fromSiteId: from.id, toSiteId: to.id, reference: 'TR 1' },
    lines: [{ itemId: item.id, quantity: '8.0' }],
  });
  t.match(made, {
    status: 201,
    headers: { etag: '"1"' },
    body: { fromSiteId: from.id, toSiteId: to.id, status: 'draft', reference: 'TR 1', dispatchedAt: null },
  });
  const { id, lines } = made.body;
  t.match(lines, [
    { itemId: item.id, quantity: '8', received: '0', lost: '0', returned: '0', inTransit: '0' },
  ]);
  t.strictSame(await read(id), made.body);
  t.equal(await onHand(owner, item.id, from.id), '10', 'a plan moves nothing');

  t.equal((await act(id, 'dispatch', undefined, { 'if-match': '"2"' })).status, 412);
  const sent = await act(id, 'dispatch', undefined, { 'if-match': '"1"' });
  t.match(sent, { status: 200, body: { status: 'in_transit', version: 2, lines: [{ inTransit: '8' }] } });
  t.match(sent.body.dispatchedAt, /^20/);
  t.equal(await onHand(owner, item.id, from.id), '2');
  t.equal(await onHand(owner, item.id, to.id), '', 'nor is it anywhere else yet');

  const lineId = lines[0].id;
  const part = await receive(id, [{ lineId, quantity: '3' }]);
  t.match(part.body, { status: 'in_transit', lines: [{ received: '3', lost: '0', inTransit: '5' }] });
  t.equal(await onHand(owner, item.id, to.id), '3');
  const lost = await receive(id, [{ lineId, quantity: '1', lost: '2' }]);
  t.match(lost.body, { status: 'in_transit', lines: [{ received: '4', lost: '2', inTransit: '2' }] });
  const rest = await act(id, 'receive');
  t.match(rest.body, {
    status: 'received',
    version: 5,
    lines: [{ received: '6', lost: '2', inTransit: '0' }],
  });
  t.equal(await onHand(owner, item.id, to.id), '6');
  t.strictSame(await legsOf(item.id), ['2', '1', '3', '8']);
  t.strictSame(await auditOf(id), [
    'inventory.transfer.create',
    'inventory.transfer.dispatch',
    ...Array(3).fill('inventory.transfer.receive'),
  ]);
  for (const query of [`fromSiteId=${from.id}`, `toSiteId=${to.id}&status=received`])
    t.strictSame((await owner.get(`${base}?${query}`)).body.data, [rest.body], query);
  t.strictSame((await owner.get(`${base}?toSiteId=${to.id}&status=draft`)).body.data, []);
});

t.test('what is lost arrives nowhere; a line that is all lost ends the transfer', async (t) => {
  const { item, from, to, id, line } = await underWay('4');
  const lost = await receive(id, [{ lineId: line.id, lost: '4' }]);
  t.match(lost, {
    status: 200,
    body: { status: 'received', lines: [{ received: '0', lost: '4', inTransit: '0' }] },
  });
  t.equal(await onHand(owner, item.id, from.id), '6');
  t.equal(await onHand(owner, item.id, to.id), '');
  t.strictSame(await legsOf(item.id), ['4']);
});

t.test('a cancelled transfer gives back what is in transit, to where it came from', async (t) => {
  const { item, from, to, id, line } = await underWay('10');
  await receive(id, [{ lineId: line.id, quantity: '3', lost: '1' }]);
  const cancelled = await act(id, 'cancel', { reason: 'Truck broke down' });
  t.match(cancelled, {
    status: 200,
    body: { status: 'cancelled', lines: [{ received: '3', lost: '1', returned: '6', inTransit: '0' }] },
  });
  t.equal(await onHand(owner, item.id, from.id), '6');
  t.equal(await onHand(owner, item.id, to.id), '3');
  const entries = await service.outbox('audit.entry-recorded.v1');
  t.match(
    entries.find(({ payload }) => payload.target.id === id && payload.action === 'inventory.transfer.cancel'),
    { payload: { changes: { reason: { after: 'Truck broke down' }, status: { after: 'cancelled' } } } },
  );

  const draft = await plan(from.id, to.id, [{ itemId: item.id, quantity: '1' }]);
  t.match(await act(draft.id, 'cancel'), {
    status: 200,
    body: { status: 'cancelled', lines: [{ returned: '0' }] },
  });
  t.equal(await onHand(owner, item.id, from.id), '6');
});

t.test('steps in the wrong state are refused; the answer names it and those allowed', async (t) => {
  const { item, from, to, id: sent } = await underWay('1');
  const make = () => plan(from.id, to.id, [{ itemId: item.id, quantity: '1' }]);
  const [draft, cancelled, received] = [(await make()).id, (await make()).id, (await underWay('1')).id];
  await act(cancelled, 'cancel');
  await act(received, 'receive');
  for (const [id, verb, state, allowed] of [
    [draft, 'receive', 'draft', ['in_transit']],
    [sent, 'dispatch', 'in_transit', ['draft']],
    [received, 'receive', 'received', ['in_transit']],
    [received, 'cancel', 'received', ['draft', 'in_transit']],
    [cancelled, 'dispatch', 'cancelled', ['draft']],
    [cancelled, 'cancel', 'cancelled', ['draft', 'in_transit']],
  ] as const)
    t.match(
      await act(id, verb),
      { status: 409, body: { error: { code: 'INVALID_STATE', details: { state, allowed } } } },
      `${verb} of one that is ${state}`,
    );
});

t.test('never more than is in transit, and each line once', async (t) => {
  const { item, to, id, line } = await underWay('10');
  await receive(id, [{ lineId: line.id, quantity: '4' }]);
  for (const [what, lines] of [
    ['more arrives', [{ lineId: line.id, quantity: '7' }]],
    ['more is lost', [{ lineId: line.id, lost: '7' }]],
    ['both together', [{ lineId: line.id, quantity: '4', lost: '3' }]],
  ] as const)
    t.match(
      await receive(id, [...lines]),
      { status: 409, body: { error: { code: 'CONFLICT', details: { inTransit: '6', lineId: line.id } } } },
      what,
    );
  for (const [what, lines, path] of [
    ['the same line twice', Array(2).fill({ lineId: line.id, quantity: '3' }), '/lines/1'],
    ['nothing of it', [{ lineId: line.id }], '/lines/0'],
    ['zero and zero', [{ lineId: line.id, quantity: '0', lost: '0' }], '/lines/0'],
    ['half a piece', [{ lineId: line.id, quantity: '0.5' }], '/lines/0/quantity'],
    ['half a piece lost', [{ lineId: line.id, lost: '0.5' }], '/lines/0/lost'],
    ['no lines', [], '/lines'],
  ] as const) {
    const answer = await receive(id, [...lines]);
    t.equal(answer.status, 400, what);
    t.equal(answer.body.error.details.errors[0].path, path, what);
  }
  const foreign = (await underWay('1')).line.id;
  t.equal((await receive(id, [{ lineId: foreign, quantity: '1' }])).status, 404, "another transfer's line");
  t.match((await read(id)).lines, [{ received: '4', lost: '0', inTransit: '6' }]);
  t.equal(await onHand(owner, item.id, to.id), '4');
});

t.test('the same step many times at once happens once', async (t) => {
  const { item, from, to, id } = await underWay('10');
  t.strictSame(tally(await times(8, () => act(id, 'receive'))), { 200: 1, '409 INVALID_STATE': 7 });
  t.equal(await onHand(owner, item.id, to.id), '10');

  const draft = await plan(to.id, from.id, [{ itemId: item.id, quantity: '5' }]);
  t.strictSame(tally(await times(8, () => act(draft.id, 'dispatch'))), { 200: 1, '409 INVALID_STATE': 7 });
  t.equal(await onHand(owner, item.id, to.id), '5');

  const lineId = draft.lines[0]?.id;
  const parts = await times(6, () => receive(draft.id, [{ lineId, quantity: '2' }]));
  t.equal(parts.filter(({ status }) => status === 200).length, 2);
  t.ok(parts.every(({ status }) => status === 200 || status === 409));
  t.match((await read(draft.id)).lines, [{ received: '4', inTransit: '1' }]);

  const ends = await times(8, (i) => act(draft.id, i % 2 ? 'receive' : 'cancel'));
  t.strictSame(tally(ends), { 200: 1, '409 INVALID_STATE': 7 }, 'it arrives or comes back, not both');
  const [line] = (await read(draft.id)).lines;
  t.equal(Number(line?.received) + Number(line?.returned), 5);
  t.equal(await onHand(owner, item.id, from.id), line?.returned === '1' ? '4' : '5');
  t.equal(await onHand(owner, item.id, to.id), line?.returned === '1' ? '6' : '5');
});

t.test('transfers there and back at once take no stock twice and never wait in a circle', async (t) => {
  const { item: a, site: one } = await makeStock(owner, '20');
  const { item: b, site: two } = await makeStock(owner, '20');
  for (const [itemId, siteId] of [
    [a.id, two.id],
    [b.id, one.id],
  ])
    await move(owner, { itemId: itemId ?? '', siteId: siteId ?? '', quantity: '20' });
  const answers = await times(30, async (i) => {
    const [from, to] = i % 2 ? [one.id, two.id] : [two.id, one.id];
    const lines = [a, b].map(({ id }) => ({ itemId: id, quantity: '2' }));
    const { id } = await plan(from, to, i % 3 ? lines : lines.reverse());
    const sent = await act(id, 'dispatch');
    return sent.status === 200 ? act(id, i % 4 ? 'receive' : 'cancel') : sent;
  });
  t.ok(answers.every(({ status, body }) => status === 200 || body.error.code === 'INSUFFICIENT_STOCK'));
  for (const { id } of [a, b]) {
    const sum = Number(await onHand(owner, id, one.id)) + Number(await onHand(owner, id, two.id));
    t.equal(sum, 40, 'all of it arrived or came back');
  }
});

t.test('movements of a transfer are corrected at the transfer', async (t) => {
  const { item, id } = await underWay('10');
  await act(id, 'receive');
  const { data } = (await owner.get(`/v1/inventory/movements?itemId=${item.id}&type=TRANSFER`)).body;
  t.equal(data.length, 2);
  for (const movement of data)
    t.match(await owner.post(`/v1/inventory/movements/${movement.id}/reverse`), {
      status: 409,
      body: { error: { code: 'CONFLICT', details: { belongsTo: 'transfer' } } },
    });
  t.match(await read(id), { status: 'received' });
});

t.test('lots and locations go with the goods', async (t) => {
  const [from, to] = [await makeSite(owner), await makeSite(owner)];
  const item = await makeItem(owner, { lotTracked: true, unit: 'kg' });
  const lot = await makeLot(owner, item.id);
  const [shelf, dock] = [await makeLocation(owner, from.id), await makeLocation(owner, to.id)];
  await move(owner, { itemId: item.id, siteId: from.id, locationId: shelf.id, lotId: lot.id, quantity: '5' });
  const line = { itemId: item.id, lotId: lot.id, quantity: '2.5', fromLocationId: shelf.id };
  const { id, lines } = await plan(from.id, to.id, [
    { ...line, toLocationId: dock.id },
    { ...line, quantity: '1' },
  ]);
  await act(id, 'dispatch');
  await receive(id, [{ lineId: lines[0]?.id, quantity: '2.25' }]);
  const balances = async (siteId: string) =>
    (await owner.get(`/v1/inventory/balances?itemId=${item.id}&siteId=${siteId}`)).body.data;
  t.match(await balances(to.id), [{ locationId: dock.id, lotId: lot.id, onHand: '2.25' }]);
  t.match(await balances(from.id), [{ locationId: shelf.id, lotId: lot.id, onHand: '1.5' }]);
  await act(id, 'cancel');
  t.match(await balances(from.id), [{ locationId: shelf.id, lotId: lot.id, onHand: '2.75' }]);
});

t.test('not enough stock leaves it a draft, with nothing moved', async (t) => {
  const { item, site: from } = await makeStock(owner, '10');
  const { item: other } = await makeStock(owner, '1');
  await move(owner, { itemId: other.id, siteId: from.id, quantity: '3' });
  const to = await makeSite(owner);
  const { id } = await plan(from.id, to.id, [
    { itemId: item.id, quantity: '10' },
    { itemId: other.id, quantity: '4' },
  ]);
  t.match(await act(id, 'dispatch'), {
    status: 409,
    body: { error: { code: 'INSUFFICIENT_STOCK', details: { itemId: other.id, available: '3' } } },
  });
  t.match(await read(id), { status: 'draft', version: 1, dispatchedAt: null });
  t.equal(await onHand(owner, item.id, from.id), '10');
  t.strictSame(await auditOf(id), ['inventory.transfer.create']);
  await move(owner, { itemId: other.id, siteId: from.id, quantity: '1' });
  t.equal((await act(id, 'dispatch')).status, 200);

  const reserved = await makeStock(owner, '5');
  const { id: second } = await plan(reserved.site.id, to.id, [{ itemId: reserved.item.id, quantity: '3' }]);
  await owner.post('/v1/inventory/reservations', {
    ...{ itemId: reserved.item.id, siteId: reserved.site.id, quantity: '3' },
  });
  t.match(
    await act(second, 'dispatch'),
    { status: 409, body: { error: { code: 'INSUFFICIENT_STOCK', details: { available: '2' } } } },
    'what is reserved does not leave',
  );
});

t.test('nothing is sent to a closed site or received there; what is on its way comes back', async (t) => {
  const { item, from, to, id } = await underWay('4');
  const draft = await plan(from.id, to.id, [{ itemId: item.id, quantity: '1' }]);
  await owner.patch(`/v1/inventory/sites/${to.id}`, { active: false });
  const closed = { status: 409, body: { error: { code: 'INVALID_STATE', details: { state: 'inactive' } } } };
  t.match(await act(id, 'receive'), closed);
  t.match(await act(draft.id, 'dispatch'), closed);
  t.match(
    await owner.post(base, {
      ...{ fromSiteId: from.id, toSiteId: to.id },
      lines: [{ itemId: item.id, quantity: '1' }],
    }),
    closed,
  );
  await owner.patch(`/v1/inventory/sites/${from.id}`, { active: false });
  t.equal((await act(id, 'cancel')).status, 200, 'to where it came from, though that is closed too');
  t.equal(await onHand(owner, item.id, from.id), '10');
});

t.test('a plan that could not be carried out is refused', async (t) => {
  const { item, site: from } = await makeStock(owner, '10');
  const lotted = await makeItem(owner, { lotTracked: true });
  const lot = await makeLot(owner, lotted.id);
  const to = await makeSite(owner);
  const good = { fromSiteId: from.id, toSiteId: to.id, lines: [{ itemId: item.id, quantity: '1' }] };
  const line = (fields: object) => ({ lines: [{ itemId: item.id, quantity: '1', ...fields }] });
  for (const [what, fields, path] of [
    ['to itself', { toSiteId: from.id }, '/toSiteId'],
    ['no lines', { lines: [] }, '/lines'],
    ['half a piece', line({ quantity: '0.5' }), '/lines/0/quantity'],
    ['zero', line({ quantity: '0' }), '/lines/0/quantity'],
    ['no lot', line({ itemId: lotted.id }), '/lines/0/lotId'],
    ['a lot too many', line({ lotId: lot.id }), '/lines/0/lotId'],
    ['an unknown field', line({ extra: 1 }), '/lines/0/extra'],
  ] as const) {
    const answer = await owner.post(base, { ...good, ...fields });
    t.equal(answer.status, 400, what);
    t.equal(answer.body.error.details.errors[0].path, path, what);
  }
  const stranger = service.as('owner', { tenantId: unknownId });
  const theirs = await makeStock(stranger, '1');
  const theirShelf = await makeLocation(stranger, theirs.site.id);
  const shelf = await makeLocation(owner, to.id);
  const otherLot = await makeLot(owner, (await makeItem(owner, { lotTracked: true })).id);
  for (const [what, fields] of [
    ["another tenant's site", { toSiteId: theirs.site.id }],
    ["another tenant's origin", { fromSiteId: theirs.site.id }],
    ["another tenant's item", line({ itemId: theirs.item.id })],
    ["another tenant's location", line({ toLocationId: theirShelf.id })],
    ['a location of the other site', line({ fromLocationId: shelf.id })],
    ["another item's lot", line({ itemId: lotted.id, lotId: otherLot.id })],
  ] as const)
    t.equal((await owner.post(base, { ...good, ...fields })).status, 404, what);

  const { id } = await plan(from.id, to.id, good.lines);
  t.equal((await stranger.get(`${base}/${id}`)).status, 404);
  for (const verb of ['dispatch', 'receive', 'cancel'])
    t.equal((await stranger.post(`${base}/${id}/${verb}`)).status, 404, verb);
  t.strictSame((await stranger.get(base)).body.data, []);
  t.match(await read(id), { status: 'draft', version: 1 });
});

t.test('after all that, what was dispatched was received, lost, returned or is in transit', async (t) => {
  t.strictSame(await unbalancedPlaces(service), []);
  const broken = await service.query(`
    select l.id, t.status, l.dispatched, l.received, l.lost, l.returned, m.* from transfer_lines l
    join transfers t on (t.tenant_id, t.id) = (l.tenant_id, l.transfer_id)
    left join (
      select split_part(source, ' ', 2)::uuid as line, sum(quantity) filter (where leg = 'out') as sent,
        sum(quantity) filter (where leg = 'in') as arrived, sum(quantity) filter (where leg = 'back') as came_back
      from movements where leg is not null group by 1
    ) m on m.line = l.id
    where l.dispatched <> coalesce(m.sent, 0) or l.received <> coalesce(m.arrived, 0) or l.returned <> coalesce(m.came_back, 0)
      or l.received + l.lost + l.returned > l.dispatched
      or (t.status in ('received', 'cancelled') and l.received + l.lost + l.returned <> l.dispatched)
      or (t.status = 'draft' and l.dispatched <> 0)`);
  t.strictSame(broken, []);
});
