import t from 'tap';
import { Places } from '../src/limits/places.ts';

t.test('who has no place waits for one of his own, in order', async (t) => {
  const places = new Places(2);
  t.strictSame([await places.take('a'), await places.take('a'), await places.take('b')], [true, true, true]);
  const got: string[] = [];
  const waiting = ['first', 'second'].map(async (name) => {
    if (await places.take('a')) got.push(name);
  });
  places.giveBack('b');
  await new Promise((resolve) => setImmediate(resolve));
  t.strictSame(got, [], "another's place is none of theirs");
  places.giveBack('a');
  await waiting[0];
  t.strictSame(got, ['first']);
  places.giveBack('a');
  await waiting[1];
  t.strictSame(got, ['first', 'second']);
  places.giveBack('a');
  places.giveBack('a');
  t.equal(await places.take('a'), true, 'all were given back');
});

t.test('so many wait, and not for ever', async (t) => {
  const places = new Places(1);
  t.equal(await places.take('a'), true);
  const waiting = Array.from({ length: 300 }, () => places.take('a'));
  t.equal(await places.take('a'), false, 'too many wait already');
  t.same(new Set(await Promise.all(waiting)), new Set([false]), 'none became free in time');
  const late = places.take('a');
  places.giveBack('a');
  t.equal(await late, true, 'a place that nobody waited for is not lost');
});
