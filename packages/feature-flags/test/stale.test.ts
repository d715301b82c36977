import t from 'tap';
import { staleReasonsOf } from '../src/index.ts';
import { says } from './samples.ts';

const day = (no: number) => new Date(Date.UTC(2026, 0, no));
const now = day(60);
const fresh = {
  ...{ changedAt: day(55), lastEvaluatedAt: day(59), pinned: null, rollout: null },
  ...{ rolloutChangedAt: null, tenants: 0 },
};
const reasons = (life: Partial<Parameters<typeof staleReasonsOf>[1]>, since = '2026-01-01') =>
  staleReasonsOf({ since }, { ...fresh, ...life }, { now, days: 30 });

t.test('a flag that is asked for and changed is none of them', async (t) => {
  t.strictSame(reasons({}), []);
});

t.test('nobody asked for it, nobody changed it: since so many days, or ever', async (t) => {
  t.strictSame(reasons({ lastEvaluatedAt: day(30) }), ['not-evaluated']);
  t.strictSame(reasons({ lastEvaluatedAt: day(31) }), []);
  t.strictSame(reasons({ lastEvaluatedAt: null, changedAt: null }), ['not-evaluated', 'not-changed']);
  t.strictSame(reasons({ lastEvaluatedAt: null, changedAt: null }, '2026-02-10'), [], 'it is young');
});

t.test('everybody has got the same for so many days, by the operator’s word', async (t) => {
  const rolledOut = (rollout: object, more: object = {}) =>
    reasons({ rollout: says(rollout), rolloutChangedAt: day(20), ...more }).includes('fully-rolled-out');
  const shares = (...percents: number[]) => ({
    split: {
      by: 'user' as const,
      shares: percents.map((percent, no) => ({ variant: no ? 'off' : 'on', percent })),
    },
  });
  t.ok(rolledOut({ variant: 'on' }));
  t.ok(rolledOut(shares(100)));
  t.ok(rolledOut(shares(100, 0)));
  t.ok(rolledOut({ ...shares(20), variant: 'on' }));
  t.notOk(rolledOut(shares(99)), 'one in a hundred has the code’s default');
  t.notOk(rolledOut(shares(50, 50)));
  t.notOk(rolledOut({ ...shares(20), variant: 'off' }));
  t.notOk(rolledOut({ variant: 'on' }, { tenants: 1 }), 'a tenant has something else');
  t.ok(rolledOut({ variant: 'on' }, { tenants: 1, pinned: 'on' }), 'but nobody has when it is pinned');
  t.notOk(rolledOut({ variant: 'on' }, { rolloutChangedAt: day(40) }));
});
