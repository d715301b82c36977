import { newId } from '@stockade/database';
import { eventually, redisMissing, startRedis } from '@stockade/testing';
import { Redis } from 'ioredis';
import t from 'tap';
import { emit, notes, openDatabase, recordEffects, run } from './setup.ts';

const missing = redisMissing();

t.test('Redis away', missing ? { skip: missing } : {}, async (t) => {
  t.test('events wait in the outbox and go out when it is back', async (t) => {
    const databases = await openDatabase(t);
    const redis = await startRedis(t);
    await run(t, 'redis', databases, { consumers: [recordEffects()], redis });
    await emit(databases.db, newId(), ['before']);
    await eventually('the first', async () => (await notes(databases)).length === 1);
    await redis.kill();
    await emit(databases.db, newId(), ['during']);
    await redis.start();
    await eventually('the second', async () => (await notes(databases)).length === 2);
    t.strictSame(await notes(databases), ['before', 'during']);
  });

  t.test('an emptied Redis is noticed while the time of day is set back', async (t) => {
    const databases = await openDatabase(t);
    const redis = await startRedis(t);
    const { backend } = await run(t, 'redis', databases, { redis });
    const waiting = () => backend.queue('inventory').getWaitingCount();
    await emit(databases.db, newId(), ['a']);
    await eventually('published', async () => (await waiting()) === 1);
    const now = Date.now;
    t.teardown(() => {
      Date.now = now;
    });
    Date.now = () => now() - 3_600_000;
    await redis.command('FLUSHALL');
    await eventually('published again', async () => (await waiting()) === 1);
  });

  t.test('an emptied Redis gets the retained outbox again, and nothing happens twice', async (t) => {
    const databases = await openDatabase(t);
    const redis = await startRedis(t);
    const first = await run(t, 'redis', databases, { redis });
    await emit(databases.db, newId(), ['a', 'b', 'c']);
    await eventually(
      'published',
      async () => (await first.backend.queue('inventory').getWaitingCount()) === 3,
    );
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    await eventually(
      'published again',
      async () => (await first.backend.queue('inventory').getWaitingCount()) === 3,
    );
    await run(t, 'redis', databases, { consumers: [recordEffects()], redis, relay: false });
    await eventually('handled', async () => (await notes(databases)).length >= 3);
    t.strictSame(await notes(databases), ['a', 'b', 'c']);
  });
});

t.test(
  'a switch of the backend publishes again what may wait in the old one',
  missing ? { skip: missing } : {},
  async (t) => {
    const databases = await openDatabase(t);
    const before = await run(t, 'postgres', databases);
    await emit(databases.db, newId(), ['a']);
    await eventually(
      'published',
      async () => (await before.backend.queue('inventory').getWaitingCount()) === 1,
    );
    await before.stop();
    await run(t, 'redis', databases, { consumers: [recordEffects()] });
    await eventually('handled', async () => (await notes(databases)).length === 1);
    t.strictSame(await notes(databases), ['a']);
  },
);
