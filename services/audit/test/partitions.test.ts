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

  /** A month long ago, as the log's owner made it. */
  const makeMonth = async (name: string, from: string, to: string) => {
    await service.query(`create table ${name} partition of entries for values from ('${from}') to ('${to}')`);
    await service.query(`alter table ${name} owner to stockade_audit_owner`);
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
    t.equal(
      (await service.query('select 1 from entries_default')).length,
      0,
      'they move into it when it is made',
    );
  });

  t.test('a month that is over is dropped when nothing is left in it, and not before', async (t) => {
    const drop = async () => {
      const { rows } = await sql<{ n: number }>`select drop_empty_entry_partitions() as n`.execute(systemDb);
      return rows[0]?.n;
    };
    await makeMonth('entries_202001', '2020-01-01', '2020-02-01');
    await makeMonth('entries_202002', '2020-02-01', '2020-03-01');
    const [event] = [entry(tenantId)];
    await record(service, [event]);
    await service.query("update entries set recorded_on = '2020-02-10' where id = $1", [event.id]);
    await service.query("update leaves set recorded_on = '2020-02-10' where entry_id = $1", [event.id]);
    const before = await partitions();
    t.equal(await drop(), 1);
    t.strictSame(
      await partitions(),
      before.filter((name) => name !== 'entries_202001'),
    );
    t.equal((await service.as('auditor').get(`/v1/audit/entries/${event.id}`)).status, 200);
    await service.query('delete from entries where id = $1', [event.id]);
    t.equal(await drop(), 1);
    t.equal(await drop(), 0, 'this month and those to come stay, empty or not');
  });

  t.test('a partition that is being read is dropped the next time', async (t) => {
    await makeMonth('entries_202003', '2020-03-01', '2020-04-01');
    const dropped = await service.service.db.transaction().execute(async (trx) => {
      await sql`select 1 from entries where recorded_on < '2020-04-01'`.execute(trx);
      const { rows } = await sql<{ n: number }>`select drop_empty_entry_partitions() as n`.execute(systemDb);
      return rows[0]?.n;
    });
    t.equal(dropped, 0);
    t.ok((await partitions()).includes('entries_202003'));
    const { rows } = await sql<{ n: number }>`select drop_empty_entry_partitions() as n`.execute(systemDb);
    t.equal(rows[0]?.n, 1);
  });

  t.test('the app role reaches no partition but through the log, and makes none', async (t) => {
    for (const name of await partitions())
      await t.rejects(service.asApp(tenantId, `select 1 from ${name}`), /permission denied/, name);
    await t.rejects(service.asApp(tenantId, 'select ensure_entry_partitions(1)'), /permission denied/);
  });
});
