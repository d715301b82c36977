import { newId } from '@stockade/database';
import pg from 'pg';
import t from 'tap';
import {
  changed,
  createQueueBackend,
  deleteOldDeadLetters,
  deletePublished,
  rollInbox,
} from '../src/index.ts';
import { emit, log, openDatabase } from './setup.ts';

t.test('the tables keep tenants apart', async (t) => {
  const { db, database } = await openDatabase(t);
  const [mine, other] = [newId(), newId()];
  await emit(db, mine, ['a']);
  await database.query("insert into inbox values ($1, $2, 'inventory', current_date)", [mine, newId()]);
  await database.query("insert into delivery_failures values ($1, 'inventory', $2, 1, 'x')", [mine, newId()]);
  await database.query(
    "insert into dead_letters (tenant_id, queue, id, type, event, reason, failures) values ($1, 'inventory', $2, 'x', '{}', 'x', 1)",
    [mine, newId()],
  );
  const client = new pg.Client({ connectionString: database.appUrl('inventory') });
  await client.connect();
  t.teardown(() => client.end());
  for (const table of ['outbox', 'inbox', 'delivery_failures', 'dead_letters']) {
    for (const [who, tenant, seen] of [
      ['its tenant', mine, 1],
      ['another tenant', other, 0],
      ['no tenant', '', 0],
    ] as const) {
      await client.query('begin');
      await client.query("select set_config('app.tenant_id', $1, true)", [tenant]);
      const { rowCount } = await client.query(`select 1 from ${table}`);
      await client.query('rollback');
      t.equal(rowCount, seen, `${who} sees ${seen} of ${table}`);
    }
    await client.query('begin');
    await client.query("select set_config('app.tenant_id', $1, true)", [other]);
    const changes = await client.query(`update ${table} set tenant_id = tenant_id`).then(
      (r) => r.rowCount,
      (error) => error.code,
    );
    await client.query('rollback');
    t.ok(changes === 0 || changes === '42501', `another tenant changes nothing of ${table}`);
  }
});

t.test('retention', async (t) => {
  const { database, systemDb, db, directUrl } = await openDatabase(t);
  const tenant = newId();
  await emit(db, tenant, ['old', 'new', 'waiting']);
  await database.query(
    "update outbox set published_at = now() - interval '9 days' where payload->'payload'->>'orderNumber' = 'old'",
  );
  await database.query(
    "update outbox set published_at = now() where payload->'payload'->>'orderNumber' = 'new'",
  );
  await deletePublished(systemDb);
  const left = await database.query<{ note: string }>(
    "select payload->'payload'->>'orderNumber' as note from outbox order by seq",
  );
  t.strictSame(
    left.map((row) => row.note),
    ['new', 'waiting'],
    'only what was published long ago is gone',
  );

  await database.query(
    "create table inbox_20200101 partition of inbox for values from ('2020-01-01') to ('2020-01-02')",
  );
  await database.query(
    "insert into inbox values ($1, $2, 'q', '2020-01-01'), ($1, $3, 'q', '2019-01-01'), ($1, $4, 'q', current_date)",
    [tenant, newId(), newId(), newId()],
  );
  await rollInbox(systemDb);
  const inbox = await database.query('select 1 from inbox');
  t.equal(inbox.length, 1, 'what is older than 30 days is gone');
  const [partition] = await database.query(
    "select to_regclass('inbox_20200101') as old, (select count(*)::int from pg_inherits where inhparent = 'inbox'::regclass) as n",
  );
  t.match(partition, { old: null, n: 10 }, 'yesterday, today, the next 7 days and the default');

  const backend = await createQueueBackend({ directUrl, applicationName: 'test', log });
  t.teardown(() => backend.close());
  await database.query(
    "insert into dead_letters (tenant_id, queue, id, type, event, reason, failures, failed_at) values ($1, 'inventory', $2, 'x', '{}', 'x', 1, now() - interval '8 days'), ($1, 'inventory', $3, 'x', '{}', 'x', 1, now())",
    [tenant, newId(), newId()],
  );
  await deleteOldDeadLetters(systemDb, backend);
  t.equal((await database.query('select 1 from dead_letters')).length, 1);
});

t.test('an audit entry names what changed', async (t) => {
  t.strictSame(changed({ a: 1, b: 'x', c: null }, { a: 2, b: 'x', d: 3 }), {
    a: { before: 1, after: 2 },
    d: { before: null, after: 3 },
  });
  t.strictSame(changed(null, { a: 1, b: null }), { a: { before: null, after: 1 } });
  t.strictSame(changed({ at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }), {});
  t.strictSame(changed({ a: 1, b: 1 }, { a: 2, b: 2 }, ['b']), { b: { before: 1, after: 2 } });
});
