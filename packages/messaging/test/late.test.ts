import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { freePort } from '@stockade/database/embedded';
import { eventually, startRedis } from '@stockade/testing';
import t from 'tap';
import { emit, needs, notes, openDatabase, recordEffects, run } from './setup.ts';

/** Long enough for the first connections to fail. */
const awayMs = 3_000;

t.test('a process that starts while Redis is away works once it is there', needs('redis'), async (t) => {
  const databases = await openDatabase(t);
  const redis = await startRedis(t);
  await redis.kill();
  await run(t, 'redis', databases, { consumers: [recordEffects()], redis });
  await emit(databases.db, newId(), ['late']);
  await delay(awayMs);
  await redis.start();
  await eventually('it is handled', async () => (await notes(databases)).length > 0, 40_000);
  t.strictSame(await notes(databases), ['late']);
});

t.test('a process that is stopped while Redis is away ends', needs('redis'), async (t) => {
  const databases = await openDatabase(t);
  const redis = await startRedis(t);
  await redis.kill();
  const running = await run(t, 'redis', databases, { consumers: [recordEffects()], redis });
  // One that has nowhere to go: it stays in the outbox.
  await emit(databases.db, newId(), ['waits']);
  await delay(500);
  const started = performance.now();
  await running.stop();
  t.ok(performance.now() - started < 9_000, 'within the time that a process has to end');
});

t.test("a process that starts while the queues' database is away works once it is there", async (t) => {
  const databases = await openDatabase(t);
  const there = new URL(databases.directUrl);
  const here = new URL(databases.directUrl);
  here.port = String(await freePort());
  here.hostname = '127.0.0.1';
  await run(t, 'postgres', { ...databases, directUrl: here.href }, { consumers: [recordEffects()] });
  await emit(databases.db, newId(), ['late']);
  await delay(awayMs);
  const way = createServer((socket) => {
    const on = connect(Number(there.port), there.hostname);
    socket.pipe(on).pipe(socket);
    for (const end of [socket, on])
      end.on('error', () => {
        socket.destroy();
        on.destroy();
      });
  });
  way.listen(Number(here.port), '127.0.0.1');
  t.teardown(() => void way.close());
  await eventually('it is handled', async () => (await notes(databases)).length > 0, 40_000);
  t.strictSame(await notes(databases), ['late']);
});
