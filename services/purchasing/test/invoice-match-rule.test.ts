import fc from 'fast-check';
import t from 'tap';
import { toDecimal, toMicro } from '../src/invoices/decimals.ts';
import { findDifferences, type LineFacts } from '../src/invoices/match.ts';
import { start } from './service.ts';

const order = {
  ...{ lineId: 'o', itemId: 'i', ordered: '12', received: '10', price: '100' },
  ...{ invoicedBefore: '0', otherNumbers: [] },
};
const judge = (line: Partial<LineFacts>, quantityTolerance = '0', priceTolerance = '0') =>
  findDifferences('po', [{ id: 'l', quantity: '10', unitPrice: '100', order, ...line }], {
    quantityTolerance,
    priceTolerance,
  });

t.test('what a clerk reads', async (t) => {
  t.strictSame(judge({}), []);
  const [over] = findDifferences(
    'po',
    [
      { id: 'a', quantity: '1', unitPrice: '100', order },
      { id: 'b', quantity: '12', unitPrice: '100', order },
    ],
    { quantityTolerance: '0', priceTolerance: '0' },
  );
  t.strictSame(over, {
    ...{ line: 2, kind: 'quantity', expected: '10', actual: '12' },
    message:
      'Line 2: 12 invoiced, but only 10 received (tolerance 0): wait for the goods or ask for a credit note.',
  });
  const before = { ...order, invoicedBefore: '8', otherNumbers: ['RE-41'] };
  t.match(judge({ quantity: '4', order: before }, '0.025'), [
    {
      ...{ kind: 'quantity', expected: '10.25', actual: '12' },
      message:
        'Line 1: 4 invoiced and 8 before (invoice RE-41), but only 10 received (tolerance 2.5 %): wait for the goods or ask for a credit note.',
    },
  ]);
  t.match(judge({ order: { ...order, received: '0' } }), [
    { kind: 'not_received', message: 'Line 1: 10 invoiced, but nothing received yet: wait for the goods.' },
  ]);
  t.match(judge({ unitPrice: '100.01' }), [
    {
      ...{ kind: 'price', expected: '100', actual: '100.01' },
      message:
        'Line 1: a unit price of 100.01 invoiced, but 100 ordered (tolerance 0): ask for a corrected invoice.',
    },
  ]);
  t.match(judge({ order: null }), [{ line: 1, kind: 'not_ordered', actual: '10' }]);
  t.match(findDifferences(null, [], { quantityTolerance: '0', priceTolerance: '0' }), [
    { line: null, kind: 'no_order' },
  ]);
  t.strictSame(
    judge({ quantity: '11', unitPrice: '90' }).map(({ kind }) => kind),
    ['quantity', 'price'],
    'one line may have two',
  );
});

t.test('tolerances are exact to the last place, up and down', async (t) => {
  t.strictSame(judge({ quantity: '10.5' }, '0.05'), []);
  t.equal(judge({ quantity: '10.500001' }, '0.05').length, 1);
  for (const price of ['95', '105']) t.strictSame(judge({ unitPrice: price }, '0', '0.05'), [], price);
  for (const price of ['94.999999', '105.000001'])
    t.equal(judge({ unitPrice: price }, '0', '0.05').length, 1, price);
  t.strictSame(judge({ unitPrice: '0', order: { ...order, price: '0' } }), [], 'given away');
  const large = { ...order, received: '99999999999999.999999' };
  t.equal(judge({ quantity: '99999999999999.999998', order: large }).length, 0);
});

const decimal = fc
  .tuple(fc.nat(30), fc.nat(999_999), fc.constantFrom(0, 1, 2, 6))
  .map(([whole, fraction, places]) =>
    toDecimal(toMicro(`${whole}.${String(fraction).padStart(6, '0').slice(0, places)}`), 6),
  );
const share = fc.oneof(
  fc.constantFrom('0', '1', '0.1', '0.05'),
  fc.nat(1_000_000).map((n) => toDecimal(BigInt(n), 6)),
);

t.test('decimals come back as they were', async () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (n) => toMicro(toDecimal(n, 6)) === n));
});

t.test('the rule and the database agree on every case', async (t) => {
  const service = await start(t);
  const cases = fc.sample(
    fc.record({
      ...{ quantity: decimal, unitPrice: decimal, received: decimal, price: decimal, before: decimal },
      ...{ quantityTolerance: share, priceTolerance: share },
    }),
    2_000,
  );
  // The second half on the edge: exactly what may be invoiced and asked, and a millionth more.
  const judged = cases.map((c, at) => {
    if (at % 2 === 0) return c;
    const most = (toMicro(c.received) * (1_000_000n + toMicro(c.quantityTolerance))) / 1_000_000n;
    const top = (toMicro(c.price) * (1_000_000n + toMicro(c.priceTolerance))) / 1_000_000n;
    const more = BigInt(at % 4 === 1 ? 0 : 1);
    return { ...c, before: '0', quantity: toDecimal(most + more, 6), unitPrice: toDecimal(top + more, 6) };
  });
  const expected = await service.query<{ quantity: boolean; price: boolean }>(
    `select (c->>'before')::numeric + (c->>'quantity')::numeric
        <= (c->>'received')::numeric * (1 + (c->>'quantityTolerance')::numeric) as quantity,
      abs((c->>'unitPrice')::numeric - (c->>'price')::numeric)
        <= (c->>'price')::numeric * (c->>'priceTolerance')::numeric as price
     from jsonb_array_elements($1::jsonb) with ordinality as e(c, n) order by n`,
    [JSON.stringify(judged)],
  );
  const wrong = judged.filter((c, at) => {
    const facts = { ...order, received: c.received, price: c.price, invoicedBefore: c.before };
    const kinds = judge(
      { quantity: c.quantity, unitPrice: c.unitPrice, order: facts },
      c.quantityTolerance,
      c.priceTolerance,
    ).map(({ kind }) => kind);
    return (
      kinds.includes('price') === expected[at]?.price ||
      kinds.some((kind) => kind !== 'price') === expected[at]?.quantity
    );
  });
  t.strictSame(wrong, []);
  const fits = expected.filter(({ quantity, price }) => quantity && price).length;
  t.ok(fits > 100 && fits < judged.length - 100, `cases of both kinds: ${fits} of ${judged.length} match`);
});
