import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { eventually, startRedis } from '@stockade/testing';
import t from 'tap';
import { emit, kinds, needs, notes, openDatabase, recordEffects, run } from './setup.ts';

/** The job's lock is held for 10 s, and looked at every 5 s: then another worker has it. */
const frozenMs = 17_000;

for (const kind of kinds) {
  t.test(`a worker that was frozen beyond its lock on ${kind}`, needs(kind), async (t) => {
    const databases = await openDatabase(t);
    const redis = kind === 'redis' ? await startRedis(t) : undefined;
    const first = await run(t, kind, databases, redis ? { redis } : {});
    await emit(databases.db, newId(), ['once']);
    const child = spawn(process.execPath, [resolve(import.meta.dirname, 'killed-worker.ts')], {
      env: {
        ...process.env,
        DATABASE_URL: databases.database.appUrl('inventory'),
        QUEUE_URL: databases.directUrl,
        ENDS_AFTER_MS: '200',
        ...(redis ? { REDIS_URL: redis.url } : {}),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.teardown(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGSTOP');
    await run(t, kind, databases, {
      consumers: [recordEffects()],
      relay: false,
      ...(redis ? { redis } : {}),
    });
    await delay(frozenMs);
    child.kill('SIGCONT');
    await eventually('the work is done', async () => (await notes(databases)).length > 0, 60_000);
    const queue = first.backend.queue('inventory');
    await eventually(
      'the job is gone',
      async () => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
        return Object.values(counts).every((n) => n === 0);
      },
      60_000,
    );
    t.match((await notes(databases)).length, 1, 'the effect is there once, whoever of the two had it');
    t.equal(await queue.getJobCountByTypes('failed'), 0, 'no job was given up');
    for (const table of ['delivery_failures', 'dead_letters'])
      t.strictSame(await databases.database.query(`select 1 from ${table}`), [], `${table} is empty`);
  });
}
