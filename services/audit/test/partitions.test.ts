import { sql } from 'kysely';
import t from 'tap';
import { entry, record, start } from './setup.ts';

t.test('monthly partitions', async (t) => {
  const service = await start(t);
  const { tenantId } = service;
  const { systemDb } = service.service;
  const ensure = (months: number) => sql`select ensure_entry_partitions(${months})`.execute(systemDb);
  const partitions = async () => {
    const rows = await service.query<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'entries'::regclass order by 1",
    );
    return rows.map((row) => row.name);
  };

  t.test('an entry stands in the partition of the month it was recorded in', async (t) => {
    await record(service, [entry(tenantId)]);
    const [row] = await service.query<{ place: string; wanted: string }>(
      "select tableoid::regclass::text as place, 'entries_' || to_char(current_date, 'YYYYMM') as wanted from entries",
    );
    t.equal(row?.place, row?.wanted);
  });

  t.test('the months to come are made ahead, by several at once and again', async (t) => {
    const before = await partitions();
    await Promise.all([6, 6, 6].map(ensure));
    t.equal((await partitions()).length, before.length + 3);
    await ensure(6);
    t.equal((await partitions()).length, before.length + 3);
  });

  t.test("a caller's temporary table is not taken for the log's", async (t) => {
    await systemDb.connection().execute(async (db) => {
      await sql`create temporary table entries (recorded_on date) partition by range (recorded_on)`.execute(
        db,
      );
      await sql`select ensure_entry_partitions(9)`.execute(db);
    });
    t.equal((await partitions()).length, 11, 'ten months and the default one');
  });

  t.test('entries without a month of their own are found all the same', async (t) => {
    const [month] = (await partitions()).filter((name) => name !== 'entries_default');
    await service.query(`alter table entries detach partition ${month}`);
    await service.query(`drop table ${month}`);
    await service.query('delete from leaves');
    await service.query('delete from trees');
    const event = entry(tenantId);
    await record(service, [event]);
    t.equal((await service.query('select 1 from entries_default')).length, 1);
    await ensure(3);
    t.equal((await service.as('auditor').get(`/v1/audit/entries/${event.id}`)).status, 200);
  });

  t.test('the app role reaches no partition but through the log, and makes none', async (t) => {
    for (const name of await partitions())
      await t.rejects(service.asApp(tenantId, `select 1 from ${name}`), /permission denied/, name);
    await t.rejects(service.asApp(tenantId, 'select ensure_entry_partitions(1)'), /permission denied/);
  });
});
