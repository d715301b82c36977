import t from 'tap';
import type { FeedRow } from '../../src/feeds/queries.ts';
import { changesOf, minutesToNext, shrinkProblem } from '../../src/feeds/rules.ts';

const now = new Date('2026-11-20T10:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const feed = (changes: Partial<FeedRow> = {}) =>
  ({
    ...{ name: 'URLs', url: 'https://feeds.example/a', interval_minutes: 60, active: true },
    ...{ next_refresh_at: inMinutes(40) },
    ...changes,
  }) as FeedRow;

t.test('a change decides when a feed is fetched next', async (t) => {
  const next = (before: FeedRow, body: object) => changesOf(before, body, now).next_refresh_at;
  t.strictSame(next(feed(), { name: 'Other' }), inMinutes(40), 'another name changes nothing');
  t.strictSame(next(feed(), { intervalMinutes: 10 }), inMinutes(10), 'a shorter interval counts at once');
  t.strictSame(next(feed(), { intervalMinutes: 600 }), inMinutes(40), 'a longer one after the next time');
  t.strictSame(next(feed(), { url: 'https://feeds.example/b' }), now);
  t.equal(next(feed(), { url: null }), null);
  t.equal(next(feed(), { active: false }), null);
  t.strictSame(next(feed({ active: false, next_refresh_at: null }), { active: true }), now);
  const uploaded = feed({ url: null, next_refresh_at: inMinutes(-1) });
  t.strictSame(next(uploaded, { name: 'Other' }), inMinutes(-1), 'a file that waits keeps its turn');
  t.strictSame(next(uploaded, { active: false }), inMinutes(-1), 'whatever becomes of the feed');
});

t.test('who fetches from the old place loses the right to, and what it was marked with', async (t) => {
  t.match(changesOf(feed(), { url: 'https://feeds.example/b' }, now), {
    ...{ lease: null, etag: null, last_modified: null, failures: 0 },
  });
  t.notOk('lease' in changesOf(feed(), { name: 'Other', intervalMinutes: 5 }, now));
  t.notOk('etag' in changesOf(feed(), { active: false }, now));
});

t.test('after failures it is asked ever later, but never later than usual', async (t) => {
  t.strictSame(
    [0, 1, 2, 3, 6, 7, 1_000].map((failures) => minutesToNext(60, failures)),
    [60, 1, 2, 4, 32, 60, 60],
  );
});

t.test('what shrinks by over nine tenths needs consent', async (t) => {
  t.match(shrinkProblem(100, 9, false), /from 100 to 9/);
  for (const [before, after, accepted] of [
    [100, 10, false],
    [100, 9, true],
    [0, 1, false],
    [5, 1, false],
  ] as const)
    t.equal(shrinkProblem(before, after, accepted), null, `${before} to ${after}`);
});
