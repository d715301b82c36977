import { setTimeout as delay } from 'node:timers/promises';
import { networkOf } from '@stockade/service-kit/network';
import { eventually, redisMissing, startRedis } from '@stockade/testing';
import { Redis } from 'ioredis';
import t from 'tap';
import { RedisWindows } from '../src/limits/redis-windows.ts';
import { SlidingWindows } from '../src/limits/sliding-window.ts';
import { createWindows } from '../src/limits/store.ts';

const minute = 60_000;

t.test('no stretch of a window passes more than the limit, at its edges too', async (t) => {
  const windows = new SlidingWindows();
  const passed: number[] = [];
  // Three minutes, a call every 50 ms: a fixed window would let a burst through at each full minute.
  for (let now = 1_000_000_000; now < 1_000_000_000 + 3 * minute; now += 50) {
    if (windows.hit('k', minute, 100, now).current <= 100) passed.push(now);
  }
  for (const from of passed) {
    const within = passed.filter((at) => at >= from && at < from + minute).length;
    if (within > 100) t.fail(`${within} within a minute`);
  }
  t.ok(passed.length >= 290, `what is free is given again (${passed.length} in three minutes)`);
});

t.test('a refused call takes no place, and is told when one becomes free', async (t) => {
  const windows = new SlidingWindows();
  const start = 1_000_000_000_000;
  for (let at = 0; at < 5; at++) t.equal(windows.hit('k', minute, 5, start + at).current, at + 1);
  const refused = windows.hit('k', minute, 5, start + 10);
  t.equal(refused.current, 6);
  for (let at = 0; at < 100; at++) windows.hit('k', minute, 5, start + 20);
  t.equal(windows.hit('k', minute, 5, start + 10 + refused.ttl).current, 1, 'exactly then');
  t.equal(windows.look('k', minute, 5, start + 10 + refused.ttl).current, 1, 'looking counts nothing');
  t.equal(windows.look('nobody', minute, 5, start).current, 0);
});

t.test('a clock that goes back gives nothing away', async (t) => {
  const windows = new SlidingWindows();
  for (let at = 0; at < 5; at++) windows.hit('k', minute, 5, 2_000_000);
  t.equal(windows.hit('k', minute, 5, 1_000_000).current, 6);
});

t.test('a flood of fresh addresses is bounded, and forgets nothing of another tier', async (t) => {
  const windows = new SlidingWindows();
  const others = [
    'SENSITIVE:somebody',
    'TENANT:theirs',
    'REFUSED:203.0.113.9',
    'AUTH:203.0.113.9 ann@x.example',
  ];
  for (const key of others) windows.hit(key, minute, 5, 1_000);
  for (let at = 0; at < 60_000; at++) windows.hit(`IP:${at}`, minute, 5, 2_000);
  for (const key of others) t.equal(windows.look(key, minute, 5, 3_000).current, 1, key);
  t.equal(windows.keys().filter((key) => key.startsWith('IP:')).length, 20_000);
  t.equal(windows.look('IP:0', minute, 5, 3_000).current, 0, 'the oldest went first');
  t.equal(windows.look('IP:59999', minute, 5, 3_000).current, 1);
});

t.test('an IPv6 customer is one, whatever address is used', async (t) => {
  for (const [address, network] of Object.entries({
    '203.0.113.9': '203.0.113.9',
    '::ffff:203.0.113.9': '203.0.113.9',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
    '2001:0db8:1:2::9': '2001:db8:1:2::/64',
    '2001:db8:1:3::9': '2001:db8:1:3::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    '64:ff9b::203.0.113.9': '64:ff9b:0:0::/64',
    '::1': '0:0:0:0::/64',
  })) {
    t.equal(networkOf(address), network, address);
  }
});

const missing = redisMissing();

t.test('in Redis', missing ? { skip: missing } : {}, async (t) => {
  const server = await startRedis(t);
  const clients = [new Redis(server.url), new Redis(server.url)];
  t.teardown(() => {
    for (const client of clients) client.disconnect();
  });
  t.test('two gateways at once let exactly the limit through', async (t) => {
    const [a, b] = clients.map((client) => new RedisWindows(client)) as [RedisWindows, RedisWindows];
    const states = await Promise.all(
      Array.from({ length: 200 }, (_, at) => (at % 2 ? a : b).hit('k', minute, 100)),
    );
    t.equal(states.filter((state) => state.current <= 100).length, 100);
    t.ok(states.every((state) => state.ttl > 0 && state.ttl <= minute + 2_000));
    t.equal((await a.look('k', minute, 100)).current, 101);
    t.strictSame(await b.keys(), ['k']);
    await b.forget('k');
    t.equal((await a.look('k', minute, 100)).current, 0, 'begun anew');
    const short = await a.hit('short', 1_500, 1);
    t.equal(short.current, 1);
    t.equal((await b.hit('short', 1_500, 1)).current, 2);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    t.equal((await b.hit('short', 1_500, 1)).current, 1, 'free again');
  });
  t.test('one that hangs makes one call wait, and is asked again by one at a time', async (t) => {
    const commandTimeout = 400;
    const client = new Redis(server.url, {
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      commandTimeout,
    });
    client.on('error', () => {});
    t.teardown(() => client.disconnect());
    t.teardown(() => server.resume());
    const log = { warn: () => {} };
    const windows = createWindows({ redis: client, log });
    const call = () => windows.hit('READ:hung', minute, 1_000);
    await eventually('it is connected', () => client.status === 'ready');
    await call();
    t.equal(windows.place(), 'redis');
    server.pause();
    await call();
    t.equal(windows.place(), 'memory, Redis is away');
    const started = performance.now();
    for (let at = 0; at < 50; at++) await call();
    t.ok(performance.now() - started < 5 * commandTimeout, 'the others do not wait');
    await delay(2_000);
    const waiting = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const from = performance.now();
        await call();
        return performance.now() - from >= commandTimeout - 50;
      }),
    );
    t.equal(waiting.filter(Boolean).length, 1, 'one asks again');
    server.resume();
    await eventually('it is back', async () => {
      await call();
      return windows.place() === 'redis';
    });
  });
  t.test(
    'while it is away each gateway counts for itself, and lets half as many guesses through',
    async (t) => {
      const client = new Redis(server.url, {
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
        commandTimeout: 300,
      });
      client.on('error', () => {});
      t.teardown(() => client.disconnect());
      const windows = createWindows({ redis: client, log: { warn: () => {} } });
      const hit = async (key: string, max = 2) => (await windows.hit(key, minute, max)).current;
      await eventually('it is connected', () => client.status === 'ready');
      t.equal(await hit('AUTH:guesser', 5), 1);
      t.equal(await hit('AUTH:guesser', 5), 2);
      t.equal(await hit('AUTH:other', 5), 1);
      t.equal(windows.place(), 'redis');
      await server.kill();
      t.strictSame([await hit('READ:away'), await hit('READ:away'), await hit('READ:away')], [1, 2, 3]);
      t.equal(windows.place(), 'memory, Redis is away');
      t.equal(
        await hit('AUTH:guesser', 5),
        6,
        'two of five were used while it was there: nothing is left of half',
      );
      t.equal(await hit('AUTH:other', 5), 5, 'one more, and none is left');
      t.equal(await hit('AUTH:other', 5), 6);
      t.equal(await hit('SENSITIVE:somebody', 1), 1, 'one is always let through');
      t.equal(await hit('SENSITIVE:somebody', 1), 2);
      await windows.forget('READ:away');
      t.equal(await hit('READ:away'), 1, 'forgotten there too');
    },
  );
});
