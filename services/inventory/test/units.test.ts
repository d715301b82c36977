import fc from 'fast-check';
import t from 'tap';
import { convert, limit, shareOf, toDecimal, toMicro } from '../src/ledger/quantity.ts';
import { makeItem, makeSite, move, onHand, startInventory } from './setup.ts';

const service = await startInventory(t);
const owner = service.as('owner');

const conversions = [
  { unit: 'box', numerator: '12' },
  { unit: 'lb', numerator: '45359237', denominator: '100000000' },
  { unit: 'third', numerator: '1', denominator: '3' },
];
const site = await makeSite(owner);

/** Receives quantities of a new item, `'3 box'` or `'3'`, and gives the last answer. */
async function receive(unit: string, given: readonly string[], fields: object = { conversions }) {
  const item = await makeItem(owner, { unit, ...fields });
  const answers = [];
  for (const one of given) {
    const [quantity = '', other] = one.split(' ');
    answers.push(
      await move(owner, { itemId: item.id, siteId: site.id, quantity, ...(other ? { unit: other } : {}) }),
    );
  }
  return { item, answer: answers.at(-1) as (typeof answers)[number] };
}

t.test('a quantity in another unit is kept in the item’s own, exactly', async (t) => {
  for (const [unit, given, kept] of [
    ['each', '2 box', '24'],
    ['each', '0.25 box', '3'],
    ['each', '3 third', '1'],
    ['kg', '1 lb', null],
    ['kg', '100 lb', '45.359237'],
    ['kg', '0.000003 third', '0.000001'],
    ['kg', '1000 g', '1'],
    ['kg', '0.001 g', '0.000001'],
    ['g', '0.000001 kg', '0.001'],
    ['g', '2.5 kg', '2500'],
    ['l', '7 box', '84'],
  ] as const) {
    const { item, answer } = await receive(unit, [given]);
    if (kept === null) {
      t.equal(answer.status, 400, `${given} of ${unit}: 0.45359237 has 8 decimals`);
      continue;
    }
    t.hasStrict(answer, { status: 201, body: { quantity: kept } }, `${given} of ${unit}`);
    t.equal(await onHand(owner, item.id, site.id), kept);
  }
});

t.test('thrice a third is one: nothing is lost on the way', async (t) => {
  const { item } = await receive('kg', ['0.3 third', '0.3 third', '0.3 third', '0.1', '2.1 third']);
  t.equal(await onHand(owner, item.id, site.id), '1.1');
});

t.test('what is no exact quantity of the unit is refused', async (t) => {
  for (const [unit, given, path] of [
    ['each', '1 third', '/quantity'],
    ['kg', '1 third', '/quantity'],
    ['each', '0.1 box', '/quantity'],
    ['each', '1.5', '/quantity'],
    ['kg', '0.0001 g', '/quantity'],
    ['each', '1 pallet', '/unit'],
    ['each', '1 BOX', '/unit'],
    ['l', '1 g', '/unit'],
  ] as const) {
    const { item, answer } = await receive(unit, [given]);
    t.hasStrict(
      answer,
      { status: 400, body: { error: { code: 'VALIDATION_ERROR', details: { errors: [{ path }] } } } },
      `${given} of ${unit}`,
    );
    t.equal(await onHand(owner, item.id, site.id), '', 'nothing is kept');
  }
});

t.test('the unit that was entered is shown beside the item’s own', async (t) => {
  const { item, answer } = await receive('each', ['2.50 box']);
  t.hasStrict(answer.body, { quantity: '30', enteredQuantity: '2.5', enteredUnit: 'box' });
  t.strictSame((await owner.get(`/v1/inventory/movements/${answer.body.id}`)).body, answer.body);
  const own = await move(owner, { itemId: item.id, siteId: site.id, quantity: '2.0', unit: 'each' });
  t.hasStrict(own.body, { quantity: '2', enteredQuantity: null, enteredUnit: null });
  const back = await owner.post(`/v1/inventory/movements/${answer.body.id}/reverse`);
  t.hasStrict(back.body, { quantity: '-30', enteredQuantity: null });
  const adjusted = await move(owner, {
    itemId: item.id,
    siteId: site.id,
    type: 'ADJUST',
    quantity: '1',
    unit: 'box',
  });
  t.hasStrict(adjusted.body, { quantity: '12', enteredQuantity: '1' });
  const less = await move(owner, {
    itemId: item.id,
    siteId: site.id,
    type: 'ADJUST',
    quantity: '-1',
    unit: 'box',
  });
  t.hasStrict(less.body, { quantity: '-12', enteredQuantity: '-1' });
});

t.test('every answer writes a quantity in the shortest way', async (t) => {
  const { item, answer } = await receive('kg', ['1.500000'], {});
  t.equal(answer.body.quantity, '1.5');
  t.strictSame((await owner.get(`/v1/inventory/movements/${answer.body.id}`)).body, answer.body);
  t.equal(await onHand(owner, item.id, site.id), '1.5');
});

t.test('units are told apart when an item is made or changed', async (t) => {
  const bad = (unit: string, given: object[]) =>
    owner.post('/v1/inventory/items', { sku: 'BAD-UNITS', name: 'Bad', unit, conversions: given });
  for (const [unit, given, path] of [
    ['each', [{ unit: 'each', numerator: '2' }], '/conversions/0/unit'],
    ['kg', [{ unit: 'g', numerator: '2' }], '/conversions/0/unit'],
    ['g', [{ unit: 'kg', numerator: '2' }], '/conversions/0/unit'],
    [
      'l',
      [
        { unit: 'box', numerator: '2' },
        { unit: 'box', numerator: '3' },
      ],
      '/conversions/1/unit',
    ],
    ['l', [{ unit: 'box', numerator: '0' }], '/conversions/0/numerator'],
    ['l', [{ unit: 'box', numerator: '1', denominator: '0' }], '/conversions/0/denominator'],
    ['l', [{ unit: 'box', numerator: '1.5' }], '/conversions/0/numerator'],
    ['l', [{ unit: 'box', numerator: '1', factor: '1' }], '/conversions/0/factor'],
  ] as const)
    t.hasStrict(await bad(unit, [...given]), {
      status: 400,
      body: { error: { details: { errors: [{ path }] } } },
    });

  const { item } = await receive('each', ['1 box']);
  t.strictSame(
    item.conversions,
    conversions.map((one) => ({ denominator: '1', ...one })),
  );
  const url = `/v1/inventory/items/${item.id}`;
  t.equal((await owner.patch(url, { conversions: [{ unit: 'each', numerator: '1' }] })).status, 400);
  const changed = await owner.patch(url, { conversions: [{ unit: 'box', numerator: '10' }] });
  t.strictSame(changed.body.conversions, [{ unit: 'box', numerator: '10', denominator: '1' }]);
  await move(owner, { itemId: item.id, siteId: site.id, quantity: '1', unit: 'box' });
  t.equal(await onHand(owner, item.id, site.id), '22', 'what was kept before stays as it was');
  await owner.patch(url, { conversions: [] });
  t.equal((await move(owner, { itemId: item.id, siteId: site.id, quantity: '1', unit: 'box' })).status, 400);
});

t.test('a quantity that no balance can hold is refused, however it is given', async (t) => {
  const huge = { conversions: [{ unit: 'lot', numerator: '999999999' }], allowNegative: true };
  const { item, answer } = await receive('kg', ['99999999999999 lot'], huge);
  t.hasStrict(answer, { status: 400, body: { error: { details: { errors: [{ path: '/quantity' }] } } } });
  const less = { itemId: item.id, siteId: site.id, type: 'ISSUE' as const, quantity: '99999999999999' };
  t.equal((await move(owner, less)).status, 201);
  // From far below zero the balance could hold it, but no movement can.
  const back = await move(owner, { itemId: item.id, siteId: site.id, quantity: '150000', unit: 'lot' });
  t.equal(back.status, 400);
  t.equal((await move(owner, less)).status, 400, 'and none below');
  t.equal(await onHand(owner, item.id, site.id), '-99999999999999');
});

const micro = fc.bigInt({ min: -limit + 1n, max: limit - 1n });
const above = fc.bigInt({ min: 1n, max: 999_999_999n });

t.test('a decimal and its millionths are the same number', async (t) => {
  fc.assert(fc.property(micro, (value) => toMicro(toDecimal(value)) === value));
  fc.assert(
    fc.property(micro, (value) => /^-?(0|[1-9][0-9]{0,13})(\.[0-9]{0,5}[1-9])?$/.test(toDecimal(value))),
  );
  for (const [text, value] of [
    ['0', 0n],
    ['-0', 0n],
    ['12.5', 12_500_000n],
    ['-0.000001', -1n],
    ['0.10', 100_000n],
  ] as const)
    t.equal(toMicro(text), value, text);
});

t.test('a conversion is exact, or none', async () => {
  fc.assert(
    fc.property(micro, above, above, (value, numerator, denominator) => {
      const found = convert(value, { numerator, denominator });
      return found === null
        ? (value * numerator) % denominator !== 0n
        : found * denominator === value * numerator;
    }),
  );
  fc.assert(
    fc.property(micro, above, above, (value, numerator, denominator) => {
      const whole = convert(value * denominator, { numerator, denominator });
      return (
        whole !== null &&
        convert(whole, { numerator: denominator, denominator: numerator }) === value * denominator
      );
    }),
  );
});

t.test('a share is never too little, and less than a millionth too much', async () => {
  const size = fc.bigInt({ min: 1n, max: limit });
  fc.assert(
    fc.property(size, size, size, (value, numerator, denominator) => {
      const share = shareOf(value, numerator, denominator);
      return share * denominator >= value * numerator && (share - 1n) * denominator < value * numerator;
    }),
  );
});
