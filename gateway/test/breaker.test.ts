import t from 'tap';
import { Breaker, BreakerOpen, UpstreamFailure } from '../src/upstream/breaker.ts';

const rules = { failures: 3, openMs: 30_000, probes: 2 };
const good = async () => 'good';
const bad = async () => {
  throw new UpstreamFailure('no answer');
};
const lost = async () => {
  throw new Error('connection refused');
};

/** A breaker whose clock stands still until it is told. */
function make() {
  const clock = { now: 1_000_000 };
  const changes: (number | null)[] = [];
  const breaker = new Breaker({
    rules,
    onChange: (openedAt) => changes.push(openedAt),
    now: () => clock.now,
  });
  const fail = async (times: number) => {
    for (let at = 0; at < times; at++) await breaker.run(bad).catch(() => {});
  };
  return { breaker, clock, changes, fail };
}

/** A call whose end the test decides. */
function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    call: () => promise,
    succeed: () => resolve('good'),
    fail: () => reject(new UpstreamFailure('late')),
  };
}

t.test('failures in a row open it; a good call between them starts the count again', async (t) => {
  const { breaker, fail, changes } = make();
  await fail(2);
  t.equal(breaker.failures, 2);
  await breaker.run(good);
  await fail(2);
  t.equal(breaker.state, 'closed');
  await fail(1);
  t.equal(breaker.state, 'open');
  t.strictSame(changes, [1_000_000]);
  await t.rejects(breaker.run(good), BreakerOpen);
  t.equal(breaker.retryAfter, 30);
});

t.test('what is no failure of the service neither opens nor closes it', async (t) => {
  const { breaker, clock, fail } = make();
  for (let at = 0; at < 10; at++) await t.rejects(breaker.run(lost));
  t.equal(breaker.state, 'closed');
  await fail(3);
  clock.now += rules.openMs;
  for (let at = 0; at < 10; at++) await t.rejects(breaker.run(lost), { message: 'connection refused' });
  t.equal(breaker.state, 'half-open', 'and it gives its place back');
});

t.test('half open: so many at once, and all of them have to be good', async (t) => {
  const { breaker, clock, fail, changes } = make();
  await fail(3);
  clock.now += rules.openMs - 1;
  t.equal(breaker.state, 'open');
  t.equal(breaker.retryAfter, 1);
  clock.now++;
  t.equal(breaker.state, 'half-open');
  const [one, other] = [pending(), pending()];
  const running = [breaker.run(one.call), breaker.run(other.call)];
  await t.rejects(breaker.run(good), BreakerOpen, 'no third');
  one.succeed();
  await running[0];
  t.equal(breaker.state, 'half-open');
  await t.rejects(breaker.run(good), BreakerOpen, 'one good, one under way');
  other.succeed();
  await running[1];
  t.equal(breaker.state, 'closed');
  t.strictSame(changes, [1_000_000, null]);
});

t.test('a call that began before a change says nothing about what is after it', async (t) => {
  const { breaker, clock, fail } = make();
  const [slow, slower] = [pending(), pending()];
  const running = [breaker.run(slow.call), breaker.run(slower.call)];
  await fail(3);
  clock.now += 10_000;
  slow.fail();
  await t.rejects(running[0] as Promise<string>);
  t.equal(breaker.openedAt, 1_000_000, 'it is not open for longer');
  slower.succeed();
  await running[1];
  t.equal(breaker.state, 'open');
});

t.test('reset, and what was before a restart', async (t) => {
  const { breaker, clock, fail, changes } = make();
  await fail(3);
  breaker.reset();
  t.equal(breaker.state, 'closed');
  t.equal(breaker.failures, 0);
  t.strictSame(changes, [1_000_000, null]);
  breaker.reset();
  t.equal(changes.length, 2, 'a closed one stays as it is');

  const restored = make();
  restored.breaker.restore(clock.now - 20_000);
  t.equal(restored.breaker.state, 'open');
  t.equal(restored.breaker.retryAfter, 10);
  restored.breaker.restore(clock.now - 3_600_000);
  t.equal(restored.breaker.state, 'half-open', 'long ago: it has to be tried');
  restored.breaker.restore(clock.now + 3_600_000);
  t.equal(restored.breaker.state, 'half-open', 'so is one of a clock that was ahead');
});
