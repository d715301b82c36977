import { setTimeout as delay } from 'node:timers/promises';
import { goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { consumer, on } from '../src/index.ts';
import { emit, kinds, needs, openDatabase, run, type Tables } from './setup.ts';

for (const kind of kinds) {
  t.test(
    `events that come shortly after another do not wait for a poll, on ${kind}`,
    needs(kind),
    async (t) => {
      const databases = await openDatabase(t);
      const handled = new Map<string, number>();
      const recording = consumer<Tables>('inventory', [
        on<Tables, typeof goodsReceived.payload>(goodsReceived, async (_work, event) => {
          handled.set(event.payload.orderNumber, performance.now());
        }),
      ]);
      await run(t, kind, databases, { consumers: [recording] });
      const tenant = newId();
      // The first shows that everything is connected.
      await emit(databases.db, tenant, ['warm']);
      await eventually('connected', () => handled.has('warm'));
      const waits: number[] = [];
      for (const gap of [0, 2, 5, 8, 12, 20]) {
        await emit(databases.db, tenant, [`first ${gap}`]);
        await delay(gap);
        const emitted = performance.now();
        await emit(databases.db, tenant, [`second ${gap}`]);
        waits.push((await eventually('handled', () => handled.get(`second ${gap}`))) - emitted);
      }
      const median = [...waits].sort((a, b) => a - b)[3] ?? Number.POSITIVE_INFINITY;
      t.ok(median < 500, `median ${Math.round(median)} ms of ${waits.map(Math.round).join(', ')}`);
    },
  );
}
