import t from 'tap';
import { findAmounts, plainDecimal } from '../../../src/engine/money/amounts.ts';
import { exceeds, millionths } from '../../../src/engine/money/decimal.ts';

t.test('amounts as the languages write them', async (t) => {
  const ways: [string, bigint, string | null][] = [
    ['1.234,56 €', 1_234_560_000n, 'EUR'],
    ['€ 1 234,56', 1_234_560_000n, 'EUR'],
    ['$1,234.56', 1_234_560_000n, null],
    ['US$ 1,234.56', 1_234_560_000n, 'USD'],
    ['EUR 1 234.50', 1_234_500_000n, 'EUR'],
    ["CHF 1'234.50", 1_234_500_000n, 'CHF'],
    ['1’234.50 SFr.', 1_234_500_000n, 'CHF'],
    ['20 Euro', 20_000_000n, 'EUR'],
    ['£12', 12_000_000n, 'GBP'],
    ['1.250 EUR', 1_250_000_000n, 'EUR'],
    ['12.345.678,90 EUR', 12_345_678_900_000n, 'EUR'],
    ['9876.5 EUR', 9_876_500_000n, 'EUR'],
    ['500 zł', 500_000_000n, 'PLN'],
  ];
  for (const [text, value, currency] of ways) {
    const [found, ...more] = findAmounts(`x ${text} y`);
    t.match(found, { value, currency }, text);
    t.equal(more.length, 0, text);
  }
  t.strictSame(findAmounts('12 pieces of 34.5 mm, EURO 5 norm engine, order 4711'), []);
  t.equal(plainDecimal('0.0125'), '0.0125');
});

t.test('what is called the total', async (t) => {
  const totals = (text: string) =>
    findAmounts(text)
      .filter(({ total }) => total)
      .map(({ value }) => Number(value) / 1e6);
  t.strictSame(totals('Subtotal: 100.00 EUR\nTotal: 119.00 EUR'), [119]);
  t.strictSame(totals('Gesamtbetrag 119,00 €'), [119]);
  t.strictSame(totals('Montant net à payer : 119,00 €'), [119]);
  t.strictSame(totals('Unit price 3.00 EUR'), []);
});

t.test('decimals are compared exactly', async (t) => {
  t.equal(millionths('0.1'), 100_000n);
  t.equal(millionths('-3.5'), -3_500_000n);
  t.equal(millionths('1e3'), null);
  t.equal(millionths(''), null);
  t.notOk(exceeds(130n, 130, 100n));
  t.ok(exceeds(131n, 130, 100n));
});
