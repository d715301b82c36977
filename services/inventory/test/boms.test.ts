import fc from 'fast-check';
import t from 'tap';
import { explode, requiredFor } from '../src/boms/rules.ts';
import { toDecimal, toMicro } from '../src/ledger/quantity.ts';
import { boms, linesOf, makeBom, type Parts, postBom } from './production.ts';
import { makeItem, startInventory, unknownId } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

type Item = { id: string; sku: string };
/** More than enough items that are measured, not counted. */
const items = () =>
  Promise.all(Array.from({ length: 5 }, () => makeItem(owner, { unit: 'kg' }))) as Promise<
    [Item, Item, Item, Item, Item]
  >;

const auditOf = async (id: string) =>
  (await service.outbox('audit.entry-recorded.v1')).filter((entry) => entry.payload.target.id === id);

/** What a bill takes, by item, as the API tells it. */
async function requirements(bomId: string, quantity?: string) {
  const { status, body } = await owner.get(
    `${boms}/${bomId}/requirements${quantity ? `?quantity=${quantity}` : ''}`,
  );
  if (status !== 200) throw new Error(`The requirements were answered ${status}`);
  type Need = { itemId: string; quantity: string; level: number; made: boolean };
  return Object.fromEntries(
    body.data.map(({ itemId, quantity, level, made }: Need) => [itemId, [quantity, level, made]]),
  );
}

t.test('a bill is made, read, listed and changed, each with one audit entry', async (t) => {
  const [product, flour, salt] = await items();
  const made = await postBom(owner, product.id, [[flour.id, '2.50']], { quantity: '4' });
  t.equal(made.status, 201);
  t.hasStrict(made.body, { itemId: product.id, quantity: '4', active: true, version: 1 });
  t.strictSame(made.body.lines, [{ itemId: flour.id, quantity: '2.5' }]);
  const url = `${boms}/${made.body.id}`;
  t.strictSame((await owner.get(url)).body, made.body);
  const listed = await owner.get(`${boms}?itemId=${product.id}&active=true`);
  t.strictSame(listed.body.data, [made.body]);

  const change = { quantity: '5', lines: linesOf([[salt.id, '1']]) };
  t.equal((await owner.patch(url, change, { 'if-match': '"7"' })).status, 412);
  const changed = await owner.patch(url, change, { 'if-match': '"1"' });
  t.hasStrict(changed, {
    status: 200,
    body: { quantity: '5', version: 2, lines: [{ itemId: salt.id, quantity: '1' }] },
  });
  t.strictSame((await owner.get(url)).body, changed.body);
  const entries = await auditOf(made.body.id);
  t.hasStrict(
    entries.map((entry) => entry.payload),
    [
      { action: 'inventory.bom.create' },
      { action: 'inventory.bom.update', changes: { quantity: { before: '4', after: '5' } } },
    ],
  );
  t.equal(entries.length, 2);
});

t.test('what a bill cannot be is refused, and nothing is kept of it', async (t) => {
  const [product, part] = await items();
  const piece = await makeItem(owner);
  const gone = await makeItem(owner);
  await owner.patch(`/v1/inventory/items/${gone.id}`, { active: false });
  for (const [what, itemId, parts, status, path] of [
    ['unknown product', unknownId, [[part.id, '1']], 404],
    ['unknown part', product.id, [[unknownId, '1']], 404],
    ['inactive product', gone.id, [[part.id, '1']], 409],
    ['inactive part', product.id, [[gone.id, '1']], 409],
    [
      'a part of half a piece',
      product.id,
      [
        [part.id, '1'],
        [piece.id, '0.5'],
      ],
      400,
      '/lines/1/quantity',
    ],
    [
      'a part twice',
      product.id,
      [
        [part.id, '1'],
        [part.id, '2'],
      ],
      400,
      '/lines/1/itemId',
    ],
    ['no parts', product.id, [], 400, '/lines'],
    ['none of a part', product.id, [[part.id, '0']], 400, '/lines/0/quantity'],
  ] as [string, string, Parts, number, string?][]) {
    const { status: got, body } = await postBom(owner, itemId, parts);
    t.equal(got, status, what);
    t.equal(body.error.details?.errors?.[0].path, path, what);
  }
  const half = await postBom(owner, piece.id, [[part.id, '1']], { quantity: '0.5' });
  t.hasStrict(half, { status: 400, body: { error: { details: { errors: [{ path: '/quantity' }] } } } });
  t.strictSame((await owner.get(`${boms}?itemId=${product.id}`)).body.data, []);
});

t.test('an item has one active bill, whoever asks at once', async (t) => {
  const [product, part] = await items();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => postBom(owner, product.id, [[part.id, '1']])),
  );
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409]);
  const first = answers.find(({ status }) => status === 201)?.body.id;

  t.equal((await owner.patch(`${boms}/${first}`, { active: false })).status, 200);
  const second = await makeBom(owner, product.id, [[part.id, '2']]);
  const again = await owner.patch(`${boms}/${first}`, { active: true });
  t.hasStrict(again, { status: 409, body: { error: { code: 'CONFLICT' } } });
  t.hasStrict(
    (await owner.get(`${boms}/${first}`)).body,
    { active: false, version: 2 },
    'it stays as it was',
  );
  await owner.patch(`${boms}/${second.id}`, { active: false });
  t.equal((await owner.patch(`${boms}/${first}`, { active: true })).status, 200);
});

t.test('no item is a part of itself', async (t) => {
  const [a, b, c, d] = await items();
  const direct = await postBom(owner, a.id, [[a.id, '1']]);
  t.hasStrict(direct, { status: 409, body: { error: { details: { itemIds: [a.id, a.id] } } } });
  await makeBom(owner, a.id, [[b.id, '1']]);
  await makeBom(owner, b.id, [[c.id, '1']]);
  const bomOfC = await makeBom(owner, c.id, [[d.id, '1']]);

  const through = await postBom(owner, d.id, [[a.id, '1']]);
  t.hasStrict(through, { status: 409, body: { error: { code: 'CONFLICT' } } });
  t.strictSame(through.body.error.details.itemIds, [d.id, a.id, b.id, c.id, d.id]);
  t.match(through.body.error.message, `${d.sku} → ${a.sku} → ${b.sku} → ${c.sku} → ${d.sku}.`);
  const changed = await owner.patch(`${boms}/${bomOfC.id}`, { lines: linesOf([[a.id, '1']]) });
  t.equal(changed.status, 409, 'by a change too');
  t.strictSame((await owner.get(`${boms}/${bomOfC.id}`)).body.lines, bomOfC.lines);
});

t.test('inactive bills close no circle, until they are made active', async (t) => {
  const [a, b] = await items();
  const bom = await makeBom(owner, a.id, [[b.id, '1']]);
  await owner.patch(`${boms}/${bom.id}`, { active: false });
  await makeBom(owner, b.id, [[a.id, '1']]);
  t.equal((await owner.patch(`${boms}/${bom.id}`, { quantity: '2' })).status, 200, 'it may be worked on');
  t.equal((await owner.patch(`${boms}/${bom.id}`, { active: true })).status, 409);
});

t.test('of two changes that close a circle together exactly one succeeds', async (t) => {
  for (let round = 0; round < 10; round++) {
    const [a, b, part] = await items();
    const one = await makeBom(owner, a.id, [[part.id, '1']]);
    const two = await makeBom(owner, b.id, [[part.id, '1']]);
    const answers = await Promise.all([
      owner.patch(`${boms}/${one.id}`, { lines: linesOf([[b.id, '1']]) }),
      owner.patch(`${boms}/${two.id}`, { lines: linesOf([[a.id, '1']]) }),
    ]);
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 409]);
  }
  const [a, b] = await items();
  const made = await Promise.all([postBom(owner, a.id, [[b.id, '1']]), postBom(owner, b.id, [[a.id, '1']])]);
  t.strictSame(made.map(({ status }) => status).sort(), [201, 409], 'new ones too');
});

t.test('requirements go through all levels and sum up what is shared', async (t) => {
  const [top, left, right, shared, raw] = await items();
  await makeBom(owner, left.id, [[shared.id, '3']], { quantity: '2' });
  await makeBom(owner, right.id, [
    [shared.id, '1'],
    [raw.id, '5'],
  ]);
  await makeBom(owner, shared.id, [[raw.id, '0.5']]);
  const bom = await makeBom(owner, top.id, [
    [left.id, '2'],
    [right.id, '4'],
    [shared.id, '1'],
  ]);
  t.strictSame(await requirements(bom.id, '10'), {
    [left.id]: ['20', 1, true],
    [right.id]: ['40', 1, true],
    // 10 directly, 20 / 2 × 3 for the left, 40 for the right.
    [shared.id]: ['80', 2, true],
    // 40 × 5 for the right, and half of the 80.
    [raw.id]: ['240', 3, false],
  });
  t.hasStrict(
    await requirements(bom.id),
    { [raw.id]: ['24', 3, false] },
    'of what the bill makes unless told',
  );
});

t.test('quantities are exact, and rounded up where they cannot be', async (t) => {
  const [product, third, tiny] = await items();
  const piece = await makeItem(owner);
  const bom = await makeBom(
    owner,
    product.id,
    [
      [third.id, '1'],
      [tiny.id, '0.000001'],
      [piece.id, '1'],
    ],
    { quantity: '3' },
  );
  t.hasStrict(await requirements(bom.id, '1'), {
    [third.id]: ['0.333334'],
    [tiny.id]: ['0.000001'],
    [piece.id]: ['1'],
  });
  t.hasStrict(await requirements(bom.id, '3'), {
    [third.id]: ['1'],
    [tiny.id]: ['0.000001'],
    [piece.id]: ['1'],
  });
  t.hasStrict(await requirements(bom.id, '3.000001'), { [third.id]: ['1.000001'], [piece.id]: ['2'] });
  t.hasStrict(await requirements(bom.id, '99999999999999'), {
    [third.id]: ['33333333333333'],
    [piece.id]: ['33333333333333'],
  });
});

t.test('an inactive bill is reckoned with its own lines, and the active ones below', async (t) => {
  const [a, b, c, d, e] = await items();
  const old = await makeBom(owner, a.id, [
    [b.id, '1'],
    [d.id, '2'],
  ]);
  await owner.patch(`${boms}/${old.id}`, { active: false });
  // The bill that is active now, and a circle that the old one would close: neither is looked at for the old one.
  await makeBom(owner, a.id, [[c.id, '1']]);
  await makeBom(owner, c.id, [[d.id, '7']]);
  await makeBom(owner, b.id, [
    [a.id, '1'],
    [e.id, '1'],
  ]);
  await makeBom(owner, d.id, [[e.id, '3']]);
  t.strictSame(await requirements(old.id, '1'), {
    [b.id]: ['1', 1, true],
    [d.id]: ['2', 1, true],
    [e.id]: ['7', 2, false],
  });
});

t.test('a bill with too many lines below is refused, not cut off', async (t) => {
  const [top, middle, leaf] = await items();
  const bom = await makeBom(owner, top.id, [[middle.id, '1']]);
  const below = await makeBom(owner, middle.id, [[leaf.id, '1']]);
  await service.query(
    `with leaves as (
      insert into items (tenant_id, id, sku, name, unit)
      select $1, gen_random_uuid(), 'LEAF-' || n, 'Leaf', 'kg' from generate_series(1, 10000) n returning id)
    insert into bom_lines (tenant_id, bom_id, no, item_id, quantity)
    select $1, $2, row_number() over (), id, 1 from leaves`,
    [service.tenantId, below.id],
  );
  const answer = await owner.get(`${boms}/${bom.id}/requirements`);
  t.hasStrict(answer, { status: 409, body: { error: { code: 'CONFLICT' } } });
  t.equal((await owner.patch(`${boms}/${bom.id}`, { quantity: '2' })).status, 409);
});

t.test('a bill of another tenant does not exist', async (t) => {
  const [product, part] = await items();
  const bom = await makeBom(owner, product.id, [[part.id, '1']]);
  const stranger = service.as('owner', { tenantId: unknownId });
  for (const answer of [
    await stranger.get(`${boms}/${bom.id}`),
    await stranger.get(`${boms}/${bom.id}/requirements`),
    await stranger.patch(`${boms}/${bom.id}`, { active: false }),
    await postBom(stranger, product.id, [[part.id, '1']]),
  ])
    t.equal(answer.status, 404);
  t.strictSame((await stranger.get(boms)).body.data, []);
});

t.test('what a line asks for is never too little, and less than a step too much', async () => {
  const size = fc.bigInt({ min: 1n, max: 10n ** 12n });
  fc.assert(
    fc.property(size, size, size, fc.constantFrom('kg', 'each'), (quantity, wanted, makes, unit) => {
      const asked = requiredFor({ quantity: toDecimal(quantity), unit }, wanted, toDecimal(makes));
      const step = unit === 'each' ? 1_000_000n : 1n;
      return (
        asked % step === 0n &&
        asked * makes >= quantity * wanted &&
        (asked - step) * makes < quantity * wanted
      );
    }),
  );
});

t.test('levels of many bills are summed up as walking every way down would', async () => {
  const edge = fc.record({ from: fc.nat(6), to: fc.nat(6), quantity: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(edge, { maxLength: 15, selector: ({ from, to }) => `${from} ${to}` }),
      (edges) => {
        // Only downwards: no circles.
        const parts = edges
          .filter(({ from, to }) => from < to)
          .map(({ from, to, quantity }) => ({
            ...{ item_id: `${from}`, component_id: `${to}`, makes: '1', quantity: `${quantity}` },
          }));
        const walk = (item: string, wanted: bigint, sums: Map<string, bigint>) => {
          for (const part of parts.filter(({ item_id }) => item_id === item)) {
            const share = wanted * BigInt(part.quantity);
            sums.set(part.component_id, (sums.get(part.component_id) ?? 0n) + share);
            walk(part.component_id, share, sums);
          }
          return sums;
        };
        const found = explode({ itemId: '0', quantity: toMicro('2') }, parts, () => 'kg');
        const sums = walk('0', toMicro('2'), new Map());
        return (
          found.length === sums.size && found.every(({ itemId, quantity }) => sums.get(itemId) === quantity)
        );
      },
    ),
  );
});
