import { bankAccountChanged, type EventEnvelope, goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import { Registry } from 'prom-client';
import t from 'tap';
import { insertDeadLetter } from '../src/failures.ts';
import { countDead, type DeadLetterFilter, findDeadLetter, listDeadLetters } from '../src/index.ts';
import { maskedEvent } from '../src/masked.ts';
import { relayMetrics } from '../src/metrics.ts';
import {
  emit,
  kinds,
  needs,
  notes,
  openDatabase,
  receipt,
  recordEffects,
  resolveLetters,
  run,
  type TestDatabases,
} from './setup.ts';

const queue = 'inventory';
const auditEntries = async ({ database }: TestDatabases) =>
  (await database.query("select payload from outbox where type = 'audit.entry-recorded.v1'"))
    .flatMap(({ payload }) => payload as { tenantId: string; payload: { target: object; changes: object } }[])
    .flat();

for (const kind of kinds) {
  t.test(`dead letters on ${kind}`, needs(kind), async (t) => {
    const databases = await openDatabase(t);
    let isBroken = true;
    const { backend } = await run(t, kind, databases, {
      consumers: [recordEffects((note) => isBroken && note.startsWith('poison'))],
    });
    const [acme, globex] = [newId(), newId()] as [string, string];
    const poisons = (n: number) => Array.from({ length: n }, (_, at) => `poison-${at}`);
    // More poisoned ones than a worker takes at once: were they to block, the others would never come.
    await emit(databases.db, acme, [...poisons(12), 'good-1']);
    await emit(databases.db, globex, [...poisons(3), 'good-2']);
    await eventually(
      'all poisoned ones are dead',
      async () => (await countDead(databases.systemDb, { queue })) === 15,
    );
    t.strictSame(await notes(databases), ['good-1', 'good-2'], 'the others were handled meanwhile');
    const list = (filter: Omit<DeadLetterFilter, 'queue'>) =>
      listDeadLetters(databases.systemDb, { queue, limit: 50, beforeId: null, ...filter });

    t.test('are found by tenant, type, time and error', async (t) => {
      const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
      const soon = new Date(Date.now() + 60_000).toISOString();
      for (const [filter, n] of [
        [{ tenantId: acme }, 12],
        [{ tenantId: newId() }, 0],
        [{ type: goodsReceived.type }, 15],
        [{ type: 'nothing.like-this.v1' }, 0],
        [{ failedFrom: hourAgo, failedTo: soon }, 15],
        [{ failedFrom: soon }, 0],
        [{ failedTo: hourAgo }, 0],
        [{ error: 'HANDLE POISON-1' }, 4],
        [{ error: 'handle poison-1', tenantId: globex }, 1],
        [{ error: 'handle%poison' }, 0],
        [{ error: 'handle_poison' }, 0],
      ] as const)
        t.equal((await list(filter)).length, n, JSON.stringify(filter));
    });

    t.test('tell how many they are, and since when', async (t) => {
      const registry = new Registry();
      relayMetrics(registry, databases.systemDb, backend);
      await databases.database.query(
        "update dead_letters set failed_at = now() - interval '2 hours' where tenant_id = $1",
        [globex],
      );
      const text = await registry.metrics();
      t.match(text, /dead_letters_open\{queue="inventory"\} 15\n/);
      const [, age] = /dead_letters_oldest_seconds\{queue="inventory"\} ([\d.]+)/.exec(text) ?? [];
      t.ok(Number(age) >= 7_200 && Number(age) < 7_300, `${age}`);
    });

    t.test('are discarded with a reason, each audited in its tenant’s log', async (t) => {
      const discarded = await resolveLetters(databases, backend, { queue, tenantId: globex }, 'discarded');
      t.equal(discarded.length, 3);
      const entries = (await auditEntries(databases)).filter(({ tenantId }) => tenantId === globex);
      t.equal(entries.length, 3);
      t.match(entries[0]?.payload, {
        actor: { type: 'operator' },
        target: { type: 'dead-letter' },
        changes: { status: { before: 'dead', after: 'discarded' }, note: { after: 'because' } },
      });
      t.strictSame(await list({ tenantId: globex, status: 'dead' }), []);
    });

    t.test('are given up for good once they are discarded', async (t) => {
      isBroken = false;
      await databases.database.query('update outbox set published_at = null where tenant_id = $1', [globex]);
      await emit(databases.db, globex, ['good-3']);
      await eventually('what came after them', async () => (await notes(databases)).includes('good-3'));
      await eventually('the queue is empty', async () => {
        const { waiting, active, delayed } = await backend.queue(queue).getJobCounts();
        return waiting === 0 && active === 0 && delayed === 0;
      });
      t.strictSame(await notes(databases), ['good-1', 'good-2', 'good-3'], 'published again they do nothing');
      t.equal((await list({ tenantId: globex, status: 'discarded' })).length, 3);
      const [letter] = await list({ tenantId: globex });
      const misfit = { id: letter?.id, tenantId: globex, type: 'nothing.like-this.v1' } as EventEnvelope;
      await insertDeadLetter(databases.db, queue, misfit, { reason: 'It does not fit', failures: 0 });
      t.match(await list({ ids: [misfit.id] }), [{ status: 'discarded', note: 'because' }]);
      isBroken = true;
    });

    t.test('are replayed by filter, then all; two at once replay each once', async (t) => {
      isBroken = false;
      const some = { queue, error: 'poison-1' };
      const twice = await Promise.all([
        resolveLetters(databases, backend, some, 'replayed'),
        resolveLetters(databases, backend, some, 'replayed'),
      ]);
      t.equal(twice.flat().length, 3, 'poison-1, -10 and -11, not one of them twice');
      await resolveLetters(databases, backend, { queue }, 'replayed');
      t.equal(await countDead(databases.systemDb, { queue }), 0);
      await eventually('all effects', async () => (await notes(databases)).length === 15);
      t.equal((await auditEntries(databases)).length, 15, 'an entry for each');
    });
  });
}

t.test('what an operator sees of an event: ids, times and numbers', (t) => {
  const event = {
    id: newId(),
    type: goodsReceived.type,
    tenantId: newId(),
    payload: { ...receipt('PO-2026-000001'), reference: 'for Ada', unknown: { secret: 'x', n: 3 } },
  };
  const { payload } = event;
  t.strictSame(maskedEvent(event), {
    ...event,
    payload: {
      ...payload,
      orderNumber: '[masked]',
      reference: '[masked]',
      actor: { type: '[masked]', id: payload.actor.id, name: '[masked]' },
      unknown: { secret: '[masked]', n: 3 },
    },
  });
  const account = maskedEvent({
    type: bankAccountChanged.type,
    payload: { iban: 'DE89370400440532013000', accountNumber: '0532013000', routingNumber: '021000021' },
  });
  t.notMatch(JSON.stringify(account), /3704|0532013|0210/, 'no bank details');
  t.strictSame(maskedEvent('no event'), '[masked]');
  t.strictSame(maskedEvent({ type: 'unknown.event.v1', payload: ['a', { b: 'b' }] }), {
    type: 'unknown.event.v1',
    payload: ['[masked]', { b: '[masked]' }],
  });
  t.end();
});

t.test('one letter is shown masked', async (t) => {
  const databases = await openDatabase(t);
  await run(t, 'postgres', databases, { consumers: [recordEffects(() => true)] });
  await emit(databases.db, newId(), ['poison for Ada']);
  const letter = await eventually('it is dead', async () => {
    const [found] = await listDeadLetters(databases.systemDb, { queue, limit: 1, beforeId: null });
    return found;
  });
  const shown = await findDeadLetter(databases.systemDb, queue, letter.id);
  t.match(shown?.event, { id: letter.id, payload: { orderNumber: '[masked]', lines: [{ quantity: '1' }] } });
});
