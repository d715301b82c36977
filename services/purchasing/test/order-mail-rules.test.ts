import fc from 'fast-check';
import t from 'tap';
import { formatDate, formatDecimal, formatMoney, oneLine } from '../src/order-mails/format.ts';
import { waitSeconds } from '../src/order-mails/rules.ts';

const space = '\u00a0';

t.test('decimals are shown as they are, to the last digit', async (t) => {
  for (const [decimal, places, shown] of [
    ['0', 0, '0'],
    ['0', 2, '0.00'],
    ['12.5', 2, '12.50'],
    ['12.345678', 2, '12.345678'],
    ['999', 0, '999'],
    ['1000', 3, `1${space}000.000`],
    ['99999999999999.123456', 2, `99${space}999${space}999${space}999${space}999.123456`],
  ] as const) {
    t.equal(formatDecimal(decimal, places), shown);
  }
  t.equal(formatMoney('1234.5', 'KWD', 3), `1${space}234.500${space}KWD`);
  t.equal(formatMoney('1234', 'JPY', 0), `1${space}234${space}JPY`);
  const digits = (from: number, to: number) => fc.stringMatching(new RegExp(`^[0-9]{${from},${to}}$`));
  fc.assert(
    fc.property(digits(1, 14), digits(0, 6), fc.nat(4), (whole, fraction, places) => {
      const shown = formatDecimal(fraction ? `${whole}.${fraction}` : whole, places);
      const [left = '', right = ''] = shown.replaceAll(space, '').split('.');
      return left === whole && right === fraction.padEnd(places, '0');
    }),
  );
});

t.test('times say their zone; names are one line', async (t) => {
  t.equal(formatDate(new Date('2030-01-02T03:04:59+02:00')), '2030-01-02 01:04 UTC');
  t.equal(oneLine(' a\r\n\u0000b\u2028c '), 'a b c');
});

t.test('waits double up to a quarter of an hour, and never end before the provider said', async (t) => {
  const wait = (rounds: number, retryAfterSeconds: number | null = null, random = 0.5) =>
    waitSeconds({ rounds, asked: 1, retryAfterSeconds }, random);
  t.strictSame(
    [1, 2, 3, 7, 8, 1_000].map((rounds) => wait(rounds)),
    [15, 30, 60, 900, 900, 900],
  );
  t.strictSame(
    [0, 1].map((random) => wait(2, null, random)),
    [24, 36],
  );
  t.equal(wait(1, 3_600), 3_600);
  t.equal(wait(8, 10), 900);
  t.equal(waitSeconds({ rounds: 30, asked: 0, retryAfterSeconds: null }), 60, 'without providers');
});
