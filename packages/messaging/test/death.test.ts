import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { newId } from '@stockade/database';
import { eventually, startRedis } from '@stockade/testing';
import t from 'tap';
import { emit, kinds, needs, notes, openDatabase, recordEffects, run } from './setup.ts';

for (const kind of kinds) {
  t.test(`a worker killed in the middle of a job on ${kind}`, needs(kind), async (t) => {
    const databases = await openDatabase(t);
    const redis = kind === 'redis' ? await startRedis(t) : undefined;
    await run(t, kind, databases, redis ? { redis } : {});
    await emit(databases.db, newId(), ['survives']);
    const env = {
      ...process.env,
      DATABASE_URL: databases.database.appUrl('inventory'),
      QUEUE_URL: databases.directUrl,
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    for (let death = 1; death <= 2; death++) {
      const child = spawn(process.execPath, [resolve(import.meta.dirname, 'killed-worker.ts')], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      t.teardown(() => child.kill('SIGKILL'));
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await run(t, kind, databases, {
      consumers: [recordEffects()],
      relay: false,
      ...(redis ? { redis } : {}),
    });
    await eventually('the job is done by another', async () => (await notes(databases)).length > 0, 40_000);
    t.strictSame(await notes(databases), ['survives'], 'what the dead had begun is gone');
    const failures = await databases.database.query('select 1 from delivery_failures');
    t.equal(failures.length, 0, 'a death counts as no failure');
  });
}
