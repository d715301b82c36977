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

t.test('more events than a batch', missing ? { skip: missing } : {}, async (t) => {
  const databases = await openDatabase(t);
  const { database } = databases;
  const redis = await startRedis(t);
  await run(t, 'redis', databases, { redis });
  const tenantId = newId();
  const old = Array.from({ length: 250 }, (_, at) => `old-${String(at).padStart(3, '0')}`);
  // Each is a row of its own, and some were published at the same time.
  for (const note of old) await emit(databases.db, tenantId, [note]);
  await eventually('published', async () => {
    const [row] = await database.query<{ n: number }>(
      'select count(*)::int as n from outbox where published_at is null',
    );
    return row?.n === 0;
  });
  const rowsBefore = await database.query('select id, published_at, xmin::text from outbox order by id');
  await redis.command('FLUSHALL');
  await eventually('published again', async () => {
    const client = new Redis(redis.url);
    const [[state], marker] = await Promise.all([
      database.query<{ marker: string }>('select marker from relay_state'),
      client.get('{stockade}:relay:inventory'),
    ]);
    client.disconnect();
    return state?.marker === marker;
  });
  t.strictSame(
    await database.query('select id, published_at, xmin::text from outbox order by id'),
    rowsBefore,
    'no row is written for it',
  );
  await run(t, 'redis', databases, { consumers: [recordEffects()], redis, relay: false });
  await eventually('handled', async () => (await notes(databases)).length >= old.length);
  t.strictSame(await notes(databases), old, 'all of them, once');
});

t.test(
  'a relay that died while it published again: another one takes over',
  missing ? { skip: missing } : {},
  async (t) => {
    const databases = await openDatabase(t);
    const redis = await startRedis(t);
    const { backend } = await run(t, 'redis', databases, { redis });
    await emit(databases.db, newId(), ['a']);
    await eventually('published', async () => (await backend.queue('inventory').getWaitingCount()) === 1);
    await redis.command('FLUSHALL');
    // What it leaves: nothing is stored as done, and its claim, which runs out.
    await redis.command('SET', '{stockade}:relay:inventory:republishing', newId(), 'PX', '3000');
    await eventually(
      'published again',
      async () => (await backend.queue('inventory').getWaitingCount()) === 1,
    );
    await eventually('it is done', async () => {
      const claim = await redis.command('GET', '{stockade}:relay:inventory:republishing');
      return claim === null;
    });
  },
);

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
