import { auditEntryRecorded, type EventEnvelope } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { consumer, listDeadLetters, onBatch, processBatch, processEvent, runWork } from '../src/index.ts';
import {
  callerOf,
  kinds,
  log,
  needs,
  notes,
  openDatabase,
  receipt,
  recordEffects,
  run,
  type Tables,
} from './setup.ts';

/** Stores a batch's entries; one whose action is `poison` makes the whole batch fail. */
const recordAll = (sizes: number[]) =>
  consumer<Tables>('audit', [
    onBatch<Tables, typeof auditEntryRecorded.payload>(auditEntryRecorded, async (work, events) => {
      if (events.some((event) => event.payload.target.id === 'poison')) throw new Error('poisoned');
      sizes.push(events.length);
      const rows = events.map((event) => ({
        tenant_id: work.tenantId,
        event_id: event.id,
        note: event.payload.target.id,
      }));
      await work.trx.insertInto('effects').values(rows).execute();
    }),
  ]);

for (const kind of kinds) {
  t.test(`audit entries travel in batches on ${kind}`, needs(kind), async (t) => {
    const databases = await openDatabase(t);
    const sizes: number[] = [];
    await run(t, kind, databases, { consumers: [recordAll(sizes)] });
    const targets = [...Array.from({ length: 49 }, (_, at) => `t${at}`), 'poison'];
    await runWork(databases.db, callerOf(newId()), async (work) => {
      for (const id of targets) work.audit({ action: 'inventory.item.create', target: { type: 'item', id } });
    });
    const [letter] = await eventually('the poisoned one is a dead letter', async () => {
      const found = await listDeadLetters(databases.systemDb, { queue: 'audit', limit: 10, beforeId: null });
      return found.length > 0 && found;
    });
    t.match(letter, { reason: 'poisoned', failures: 5 });
    t.equal((await notes(databases)).length, 49, 'all others were handled');
    await runWork(databases.db, callerOf(newId()), async (work) => {
      for (let at = 0; at < 30; at++)
        work.audit({ action: 'inventory.item.create', target: { type: 'item', id: `u${at}` } });
    });
    await eventually('the next batch', async () => (await notes(databases)).length === 79);
    t.equal(Math.max(...sizes), 30, 'in one transaction');
  });
}

const entry = (tenantId: string, target = 'x'): EventEnvelope => ({
  id: newId(),
  type: auditEntryRecorded.type,
  tenantId,
  aggregateId: target,
  aggregateVersion: 0,
  occurredAt: new Date().toISOString(),
  requestId: null,
  traceparent: null,
  payload: {
    occurredAt: new Date().toISOString(),
    actor: { type: 'user', id: 'u', name: 'U' },
    onBehalfOf: null,
    action: 'inventory.item.create',
    target: { type: 'item', id: target },
    changes: {},
    ip: null,
    requestId: null,
    traceId: null,
  },
});

t.test('a batch with events that came before', async (t) => {
  const { db } = await openDatabase(t);
  const sizes: number[] = [];
  const options = { db, log, consumer: recordAll(sizes) };
  const tenantId = newId();
  const [a, b, c] = [entry(tenantId), entry(tenantId), entry(tenantId)];
  await processBatch(options, [a, b]);
  await processBatch(options, [b, c, c]);
  t.strictSame(sizes, [2, 1], 'only what is new is handed on');
});

t.test('what a batch prepares, and what it tells after its commit', async (t) => {
  const { db, database } = await openDatabase(t);
  const calls: string[] = [];
  const targets = (events: readonly EventEnvelope[]) => events.map((event) => event.aggregateId).join(' ');
  const handler = onBatch<Tables, typeof auditEntryRecorded.payload, string>(
    auditEntryRecorded,
    async (work, events, prepared) => {
      calls.push(`handle ${targets(events)}, prepared ${prepared}`);
      if (prepared.includes('bad')) throw new Error('bad');
      const rows = events.map(({ id }) => ({ tenant_id: work.tenantId, event_id: id, note: 'batch' }));
      await work.trx.insertInto('effects').values(rows).execute();
    },
    {
      prepare: async (_, events) => targets(events),
      committed: async (_, events) => {
        calls.push(`committed ${targets(events)}`);
        const stored = await database.query('select 1 from effects');
        calls.push(`${stored.length} stored`);
        throw new Error('nobody listens');
      },
    },
  );
  const options = { db, log, consumer: consumer<Tables>('audit', [handler]), maxFailures: 1 };
  const tenantId = newId();
  const [a, b] = [entry(tenantId, 'a'), entry(tenantId, 'b')];
  t.strictSame(await processBatch(options, [a, b]), ['handled', 'handled']);
  t.strictSame(calls.splice(0), ['handle a b, prepared a b', 'committed a b', '2 stored']);
  t.strictSame(await processBatch(options, [b, entry(tenantId, 'c')]), ['handled', 'handled']);
  t.strictSame(calls.splice(0), ['handle c, prepared b c', 'committed c', '3 stored']);
  t.strictSame(await processBatch(options, [a, b]), ['handled', 'handled']);
  t.strictSame(calls.splice(0), [], 'nothing new, nothing told');
  const outcomes = await processBatch(options, [entry(tenantId, 'd'), entry(tenantId, 'bad')]);
  t.strictSame(outcomes, ['handled', 'dead'], 'each alone when it failed together');
  t.strictSame(calls, [
    'handle d bad, prepared d bad',
    'handle d, prepared d',
    'committed d',
    '4 stored',
    'handle bad, prepared bad',
  ]);
});

t.test('an event handled twice at once has one effect', async (t) => {
  const { db, database } = await openDatabase(t);
  const event: EventEnvelope = {
    id: newId(),
    type: 'purchasing.goods-received.v1',
    tenantId: newId(),
    aggregateId: 'x',
    aggregateVersion: 1,
    occurredAt: new Date().toISOString(),
    requestId: null,
    traceparent: null,
    payload: { ...receipt('once'), aFieldOfANewerVersion: true },
  };
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => processEvent({ db, log, consumer: recordEffects() }, event)),
  );
  t.strictSame(outcomes.filter((outcome) => outcome === 'handled').length, 1);
  t.equal((await database.query('select 1 from effects')).length, 1);
});
