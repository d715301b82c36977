import t from 'tap';
import { lastingLag } from '../src/lasting-lag.ts';

/** Asks with the lags at their times, in milliseconds, and gives what each was told. */
const asked = (...calls: [at: number, lagMs: number][]) => {
  let now = 0;
  const lasts = lastingLag(() => now);
  return calls.map(([at, lagMs]) => {
    now = at;
    return lasts(lagMs);
  });
};

t.test('one pause is none that lasts, however many ask until the next sample', async (t) => {
  t.same(asked([0, 2_500], [10, 2_500], [900, 2_500]), [false, false, false]);
});

t.test('two samples one after the other are, and so are those after them', async (t) => {
  t.same(asked([0, 300], [1_300, 310], [1_400, 310], [2_700, 305]), [false, true, true, true]);
});

t.test('long lag makes its samples late', async (t) => {
  t.same(asked([0, 4_000], [5_000, 4_100]), [false, true]);
});

t.test('after a good sample the next pause is the first again', async (t) => {
  t.same(asked([0, 300], [1_300, 310], [3_600, 305], [4_900, 320]), [false, true, false, true]);
});

t.test('a sample that one pause filled counts as none', async (t) => {
  t.same(asked([0, Number.POSITIVE_INFINITY], [1_000, 300]), [false, false]);
});
