import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { findDeadLetter, listDeadLetters, mirrorDeadLetters } from '../src/index.ts';
import { emit, kinds, needs, notes, openDatabase, recordEffects, resolveLetters, run } from './setup.ts';

const numbered = (n: number) => Array.from({ length: n }, (_, at) => String(at).padStart(4, '0'));

for (const kind of kinds) {
  t.test(`on ${kind}`, needs(kind), async (t) => {
    t.test('every committed event is handled once, whoever relays', async (t) => {
      const databases = await openDatabase(t);
      const { redis } = await run(t, kind, databases, { consumers: [recordEffects()] });
      await run(t, kind, databases, { consumers: [recordEffects()], ...(redis ? { redis } : {}) });
      const tenants = [newId(), newId()];
      await Promise.all(tenants.map((tenant) => emit(databases.db, tenant, numbered(300))));
      await eventually('all effects', async () => (await notes(databases)).length >= 600);
      await eventually('all are marked as published', async () => {
        const [row] = await databases.database.query<{ n: number }>(
          'select count(*)::int as n from outbox where published_at is null',
        );
        return row?.n === 0;
      });
      const found = await notes(databases);
      t.equal(found.length, 600);
      t.equal(new Set(found).size, 300);
      const [inbox] = await databases.database.query<{ n: number }>('select count(*)::int as n from inbox');
      t.equal(inbox?.n, 600, 'one inbox row an event');
    });

    t.test('what is rolled back is never published', async (t) => {
      const databases = await openDatabase(t);
      await run(t, kind, databases, { consumers: [recordEffects()] });
      const tenant = newId();
      await t.rejects(
        databases.db.transaction().execute(async (trx) => {
          await emit(trx, tenant, ['never']);
        }),
      );
      await emit(databases.db, tenant, ['after']);
      await eventually('the later one', async () => (await notes(databases)).length > 0);
      t.strictSame(await notes(databases), ['after']);
    });

    t.test('a poisoned event becomes a dead letter and stops no other; replay and discard', async (t) => {
      const databases = await openDatabase(t);
      let broken = true;
      const { backend } = await run(t, kind, databases, {
        consumers: [recordEffects((note) => broken && note.startsWith('poison'))],
      });
      await emit(databases.db, newId(), ['poison-1', 'a', 'b', 'poison-2', 'c']);
      const letters = await eventually('two dead letters', async () => {
        const found = await listDeadLetters(databases.systemDb, {
          queue: 'inventory',
          limit: 10,
          beforeId: null,
        });
        return found.length === 2 && found;
      });
      t.strictSame(await notes(databases), ['a', 'b', 'c'], 'a failed handler left nothing behind');
      t.ok(letters.every((letter) => letter.failures === 5 && letter.status === 'dead'));
      t.ok(letters.every((letter) => letter.reason.startsWith('Cannot handle poison-')));

      await mirrorDeadLetters(databases.systemDb, backend);
      t.equal(await backend.queue('inventory.dead').getWaitingCount(), 2, 'the dead queue shows them');

      const [last, first] = letters as [(typeof letters)[0], (typeof letters)[0]];
      broken = false;
      const resolve = (to: 'replayed' | 'discarded', id: string) =>
        resolveLetters(databases, backend, { queue: 'inventory', ids: [id] }, to);
      t.match(await resolve('replayed', first.id), [{ id: first.id, status: 'replayed' }]);
      await eventually('its effect', async () => (await notes(databases)).includes('poison-1'));
      t.equal((await findDeadLetter(databases.systemDb, 'inventory', first.id))?.status, 'replayed');
      t.strictSame(await resolve('replayed', first.id), [], 'once only');
      await resolve('discarded', last.id);
      const discarded = await findDeadLetter(databases.systemDb, 'inventory', last.id);
      t.match(discarded, { status: 'discarded', resolvedBy: 'Operator', note: 'because' });
      t.equal(await backend.queue('inventory.dead').getWaitingCount(), 0, 'the dead queue is empty again');
      t.strictSame(await resolve('replayed', newId()), []);
    });

    t.test('a replayed event that fails again is a dead letter again', async (t) => {
      const databases = await openDatabase(t);
      const { backend } = await run(t, kind, databases, { consumers: [recordEffects(() => true)] });
      await emit(databases.db, newId(), ['poison']);
      const dead = async () => {
        const [found] = await listDeadLetters(databases.systemDb, {
          queue: 'inventory',
          status: 'dead',
          limit: 10,
          beforeId: null,
        });
        return found;
      };
      const first = await eventually('a dead letter', dead);
      await resolveLetters(databases, backend, { queue: 'inventory', ids: [first.id] }, 'replayed');
      const second = await eventually('the same again', async () => {
        const found = await dead();
        return found && found.failedAt > first.failedAt && found;
      });
      t.match(second, { id: first.id, failures: 5, resolvedBy: null });
    });

    t.test('a job that fits no contract is a dead letter at once, with the reason', async (t) => {
      const databases = await openDatabase(t);
      const { backend } = await run(t, kind, databases, { consumers: [recordEffects()], relay: false });
      const event = {
        id: newId(),
        type: 'purchasing.goods-received.v1',
        tenantId: newId(),
        aggregateId: 'x',
        aggregateVersion: 1,
        occurredAt: new Date().toISOString(),
        requestId: null,
        traceparent: null,
        payload: { receiptId: 'not an id' },
      };
      const unknown = { ...event, id: newId(), type: 'nobody.knows-this.v1' };
      const headless = { nothing: true } as never;
      for (const [at, data] of [event, unknown, headless].entries()) {
        await backend.queue('inventory').add('event', { events: [data] }, { jobId: `bad-${at}` });
      }
      const letters = await eventually('three dead letters', async () => {
        const found = await listDeadLetters(databases.systemDb, {
          queue: 'inventory',
          limit: 10,
          beforeId: null,
        });
        return found.length === 3 && found;
      });
      const reasonOf = (id: string) => letters.find((letter) => letter.id === id)?.reason;
      t.match(reasonOf(event.id), /payload/);
      t.match(reasonOf(unknown.id), /Nobody here knows/);
      t.ok(letters.every((letter) => letter.failures === 0));
      t.strictSame(await notes(databases), []);
    });

    t.test('an event that is published twice has one effect', async (t) => {
      const databases = await openDatabase(t);
      await run(t, kind, databases, { consumers: [recordEffects()] });
      await emit(databases.db, newId(), ['once']);
      await eventually('its effect', async () => (await notes(databases)).length > 0);
      await databases.database.query('update outbox set published_at = null');
      await emit(databases.db, newId(), ['then']);
      await eventually('the next one', async () => (await notes(databases)).includes('then'));
      await eventually('the second publication', async () => {
        const rows = await databases.database.query('select 1 from outbox where published_at is null');
        return rows.length === 0;
      });
      await delay(200);
      t.strictSame(await notes(databases), ['once', 'then']);
    });
  });
}
