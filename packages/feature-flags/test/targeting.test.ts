import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { FlagTargeting } from '@stockade/contracts/identity';
import fc from 'fast-check';
import t from 'tap';
import { catalogue, decide, noRules, placeOf, targetingProblems, typeOfFlag } from '../src/index.ts';
import { flags, says } from './samples.ts';

const key = 'test.string';
const flag = flags[key];
const who = fc.record({ tenantId: fc.uuid(), userId: fc.option(fc.uuid()) });
const variant = fc.constantFrom('a', 'b', 'c');
const by = fc.constantFrom('user' as const, 'tenant' as const);
const targeting: fc.Arbitrary<FlagTargeting> = fc.record({
  variant: fc.option(fc.constantFrom('a', 'b', 'c', 'of-tomorrow')),
  split: fc.option(
    fc.record({
      by,
      shares: fc.array(fc.record({ variant, percent: fc.nat({ max: 30 }) }), { minLength: 1, maxLength: 3 }),
    }),
  ),
  users: fc.array(fc.record({ userId: fc.uuid(), variant }), { maxLength: 3 }),
});
const rules = fc.record({
  pinned: fc.option(variant),
  byOperator: fc.option(targeting),
  byTenant: fc.option(targeting),
  rollout: fc.option(targeting),
});

t.test(
  'whatever is said, somebody gets a variant that the code knows, and the same one each time',
  async () => {
    fc.assert(
      fc.property(rules, who, (rules, who) => {
        const decision = decide(key, flag, rules, who);
        return (
          Object.hasOwn(flag.variants, decision.variant) &&
          JSON.stringify(decide(key, flag, structuredClone(rules), { ...who })) === JSON.stringify(decision)
        );
      }),
      { numRuns: 2_000 },
    );
  },
);

t.test('what is pinned is so for everybody', async () => {
  fc.assert(
    fc.property(rules, who, variant, (rules, who, pinned) => {
      const decision = decide(key, flag, { ...rules, pinned }, who);
      return decision.variant === pinned && decision.decidedBy === 'platform' && decision.reason === 'STATIC';
    }),
  );
});

t.test(
  'the operator goes before the tenant, the tenant before the rollout, a user before all others',
  async (t) => {
    const me = { tenantId: 'tenant', userId: 'me' };
    const users = [{ userId: 'me', variant: 'c' }];
    const all = {
      pinned: null,
      byOperator: says({ variant: 'b' }),
      byTenant: says({ variant: 'c' }),
      rollout: says({ variant: 'c' }),
    };
    const said = (rules: object) => decide(key, flag, { ...all, ...rules }, me);
    t.match(said({}), { variant: 'b', reason: 'TARGETING_MATCH', decidedBy: 'operator' });
    t.match(said({ byOperator: says({ variant: 'b', users }) }), { variant: 'c', decidedBy: 'operator' });
    t.match(said({ byOperator: null }), { variant: 'c', reason: 'TARGETING_MATCH', decidedBy: 'tenant' });
    t.match(said({ byOperator: null, byTenant: null }), {
      variant: 'c',
      reason: 'STATIC',
      decidedBy: 'rollout',
    });
    t.match(said({ byOperator: says({ variant: 'of-tomorrow' }) }), { variant: 'c', decidedBy: 'tenant' });
    t.match(decide(key, flag, noRules, me), { variant: 'a', reason: 'DEFAULT', decidedBy: 'default' });
    const fixed = { ...flag, tenantMayChange: false };
    t.match(decide(key, fixed, { ...all, byOperator: null }, me), { decidedBy: 'rollout' });
    t.match(decide(key, flag, { ...all, byOperator: says({ users }) }, { ...me, userId: 'you' }), {
      decidedBy: 'tenant',
    });
  },
);

const splitOf = (shares: { variant: string; percent: number }[], by: 'user' | 'tenant' = 'user') => ({
  ...noRules,
  rollout: says({ split: { by, shares } }),
});

t.test('a share that grows keeps everybody whom it had', async () => {
  fc.assert(
    fc.property(
      who,
      fc.nat({ max: 50 }),
      fc.nat({ max: 40 }),
      fc.nat({ max: 10 }),
      by,
      (who, first, second, more, by) => {
        const shares = [
          { variant: 'b', percent: first },
          { variant: 'c', percent: second },
        ];
        const before = decide(key, flag, splitOf(shares, by), who).variant;
        return ['b', 'c'].every((grown) => {
          const after = shares.map((share) =>
            share.variant === grown ? { ...share, percent: share.percent + more } : share,
          );
          return before !== grown || decide(key, flag, splitOf(after, by), who).variant === grown;
        });
      },
    ),
    { numRuns: 2_000 },
  );
});

t.test('0 percent is nobody, 100 percent everybody; a split by tenant does not part its users', async () => {
  fc.assert(
    fc.property(who, fc.uuid(), fc.nat({ max: 100 }), (who, other, percent) => {
      const get = (rules: typeof noRules, one = who) => decide(key, flag, rules, one).variant;
      const byTenant = splitOf([{ variant: 'b', percent }], 'tenant');
      return (
        get(splitOf([{ variant: 'b', percent: 0 }])) === 'a' &&
        get(splitOf([{ variant: 'b', percent: 100 }])) === 'b' &&
        get(byTenant) === get(byTenant, { ...who, userId: other })
      );
    }),
  );
});

t.test(
  'shares are as large as they say, and those of two flags have nothing to do with each other',
  async (t) => {
    const people = Array.from({ length: 20_000 }, (_, no) => `user-${no}`);
    for (const percent of [1, 10, 50, 90]) {
      const got = people.filter((id) => placeOf(key, id) < percent).length / people.length;
      // Five standard deviations of a binomial of so many.
      const slack = 5 * Math.sqrt((percent / 100) * (1 - percent / 100) * (1 / people.length));
      t.ok(Math.abs(got - percent / 100) < slack, `${percent} percent are ${got * 100}`);
    }
    const first = people.filter((id) => placeOf(key, id) < 50);
    const both = first.filter((id) => placeOf('test.number', id) < 50).length / first.length;
    t.ok(both > 0.47 && both < 0.53, `of the first half of one flag ${both} are in that of the other`);
  },
);

t.test('another process puts everybody into the same place', async (t) => {
  const ids = ['a', '0190c0de-0000-7000-8000-000000000001', 'ü'];
  const script = `
    import { placeOf } from ${JSON.stringify(resolve(import.meta.dirname, '../src/targeting.ts'))};
    console.log(JSON.stringify(${JSON.stringify(ids)}.map((id) => placeOf('test.string', id))));`;
  const there = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  t.strictSame(
    JSON.parse(there),
    ids.map((id) => placeOf(key, id)),
  );
  t.equal(placeOf(key, 'a').toFixed(6), '50.944485', 'and so it stays: who has something keeps it');
});

t.test('what is wrong with a rule is told, with where', async (t) => {
  const problems = (what: Partial<FlagTargeting>) =>
    targetingProblems(flag, says(what)).map(({ path }) => path);
  t.strictSame(problems({ variant: 'b', users: [{ userId: 'x', variant: 'c' }] }), []);
  t.strictSame(problems({ variant: 'constructor' }), ['/variant']);
  const shares = [
    { variant: 'b', percent: 60 },
    { variant: 'z', percent: 40.5 },
  ];
  t.strictSame(problems({ split: { by: 'user', shares } }), ['/split/shares/1/variant', '/split/shares']);
  const user = { userId: 'x', variant: 'b' };
  t.strictSame(problems({ users: [user, user] }), ['/users/1/userId']);
});

t.test('the catalogue is sound: defaults are variants, values of a flag are of one type', async (t) => {
  for (const [key, flag] of Object.entries(catalogue)) {
    t.ok(Object.hasOwn(flag.variants, flag.defaultVariant), key);
    const types = new Set(Object.values<unknown>(flag.variants).map((value) => typeof value));
    t.strictSame([...types], [typeOfFlag(flag)], key);
    t.match(flag.since, /^\d{4}-\d\d-\d\d$/, key);
  }
});
