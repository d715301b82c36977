import fc from 'fast-check';
import t from 'tap';
import { canonicalize } from '../src/index.ts';

t.test("RFC 8785's own example", async (t) => {
  const value = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  );
  t.equal(
    canonicalize(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

t.test('members are sorted by their UTF-16 code units', async (t) => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  t.strictSame(Object.values(JSON.parse(canonicalize(value)) as object).length, 7);
  t.equal(canonicalize(value), '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
});

t.test('equal values give equal text, whatever the order of their members', async () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed = JSON.parse(JSON.stringify(value));
      const text = canonicalize(parsed);
      const turned = JSON.parse(text, (_, member) =>
        member && typeof member === 'object' && !Array.isArray(member)
          ? Object.fromEntries(Object.entries(member).reverse())
          : member,
      );
      return canonicalize(turned) === text && canonicalize(JSON.parse(text)) === text;
    }),
  );
});

t.test('what JSON cannot hold is refused', async (t) => {
  for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, '\ud800', 1n, () => 0]) {
    t.throws(() => canonicalize({ value: [value] }), TypeError as never);
  }
  t.equal(canonicalize({ a: undefined, b: 1 }), '{"b":1}', 'a member without a value is none');
});
