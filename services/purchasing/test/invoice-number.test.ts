import fc from 'fast-check';
import t from 'tap';
import { normalizeNumber } from '../src/invoices/number.ts';

t.test('spellings of one number', async (t) => {
  for (const spelling of [
    ...[
      'RE-0042/2026',
      're 42 2026',
      'RE42.2026',
      ' re_042 – 02026 ',
      'ＲＥ４２／２０２６',
      'R E 42-2026',
      'RE#42:2026',
    ],
    ...['RE\u00ad-42-2026', 'RE\u200b42 2026', 'RE-42\u2011 2026'],
  ])
    t.equal(normalizeNumber(spelling), 'RE42-2026', spelling);
  t.equal(normalizeNumber('0000'), '0');
  t.equal(normalizeNumber('straße 1'), 'STRASSE1');
  t.equal(normalizeNumber('cafe\u0301-7'), normalizeNumber('CAFÉ 7'));
  t.equal(normalizeNumber('-/ .'), '');
});

t.test('different numbers stay different', async (t) => {
  for (const [one, other] of [
    ['1-0', '10'],
    ['12-3', '1-23'],
    ['2026-42', '202642'],
    ['RE42', 'RE420'],
    ['A-1', 'B-1'],
    ['42', '42-0'],
    ['INV-O1', 'INV-01'],
    ['1', '1A'],
  ] as const)
    t.not(normalizeNumber(one), normalizeNumber(other), `${one} and ${other}`);
});

const letters = fc.stringMatching(/^[A-Za-z]{1,4}$/).map((text) => ({ letters: text }));
const digits = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((value) => ({ digits: String(value) }));
type Part = { letters: string } | { digits: string };
/** A number as a supplier means it: letters and whole numbers, no two runs of letters beside each other. */
const meant = fc
  .array(fc.oneof(letters, digits), { minLength: 1, maxLength: 6 })
  .filter((parts) =>
    parts.every((part, at) => at === 0 || 'digits' in part || 'digits' in (parts[at - 1] ?? {})),
  );
const separators = fc.stringMatching(/^[ \-/._:–#]{1,3}$/);
const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0));

interface Spelling {
  zeros: number;
  separator: string;
  bare: boolean;
  lower: boolean;
  wide: boolean;
}
const spelling: fc.Arbitrary<Spelling> = fc.record({
  zeros: fc.nat(4),
  separator: separators,
  bare: fc.boolean(),
  lower: fc.boolean(),
  wide: fc.boolean(),
});

/** The same number as somebody may type it: a separator may be left out wherever a letter shows the boundary. */
function spell(parts: readonly Part[], how: readonly Spelling[]): string {
  return parts
    .map((part, at) => {
      const style = how[at % how.length] as Spelling;
      const previous = parts[at - 1];
      const needed = previous && 'digits' in previous && 'digits' in part;
      const text =
        'digits' in part
          ? '0'.repeat(style.zeros) + part.digits
          : style.lower
            ? part.letters.toLowerCase()
            : part.letters.toUpperCase();
      return (style.bare && !needed ? '' : style.separator) + (style.wide ? wide(text) : text);
    })
    .join('');
}

/** What the number means, so that two are one exactly when this is the same. */
const meaning = (parts: readonly Part[]) =>
  parts.map((part) => ('digits' in part ? part.digits : part.letters.toUpperCase())).join(' ');

const spellings = fc.array(spelling, { minLength: 1, maxLength: 6 });

t.test('every spelling of a number is the same, and no two numbers are', async () => {
  fc.assert(
    fc.property(meant, spellings, spellings, (parts, one, other) => {
      return normalizeNumber(spell(parts, one)) === normalizeNumber(spell(parts, other));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(meant, meant, spellings, (one, other, how) => {
      const same = normalizeNumber(spell(one, how)) === normalizeNumber(spell(other, how));
      return same === (meaning(one) === meaning(other));
    }),
    { numRuns: 2_000 },
  );
});

t.test('any text: what is normal stays as it is, and nothing but letters, digits and - is left', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 64 }), (text) => {
      const normal = normalizeNumber(text);
      return normalizeNumber(normal) === normal && /^[\p{L}\p{Nd}-]*$/u.test(normal);
    }),
    { numRuns: 5_000 },
  );
});
