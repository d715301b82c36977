import { createTestDatabase, openLink } from '@stockade/testing';
import { sql } from 'kysely';
import t from 'tap';
import { createDatabase, inTenant, isConnectionLoss, isTransient, newId } from '../src/index.ts';

interface Tables {
  things: { name: string };
}

const tenantId = newId();

t.test('transactions whose failure is no fault of theirs', async (t) => {
  const database = await createTestDatabase(t, []);
  await database.query(
    'create table things (name text primary key); create table pairs (id int primary key, n int)',
  );
  await database.query('insert into pairs values (1, 0), (2, 0)');
  const link = await openLink(t, database.adminUrl);
  const open = (applicationName: string, url = database.adminUrl) => {
    const opened = createDatabase<Tables>({ url, applicationName });
    t.teardown(() => opened.close());
    return opened.db;
  };
  const names = async () =>
    (await database.query('select name from things order by 1')).map(({ name }) => name);
  t.afterEach(() => database.query('truncate things'));

  t.test('of a deadlock, the one that was ended runs again', async (t) => {
    const db = open('deadlock');
    let attempts = 0;
    let bothHold = () => {};
    const holding = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const lock = (first: number, second: number) =>
      inTenant(db, tenantId, async (trx) => {
        await sql`update pairs set n = n + 1 where id = ${first}`.execute(trx);
        if (++attempts === 2) bothHold();
        await holding;
        await sql`update pairs set n = n + 1 where id = ${second}`.execute(trx);
      });
    await Promise.all([lock(1, 2), lock(2, 1)]);
    t.equal(attempts, 3);
    t.strictSame(
      await database.query('select n from pairs'),
      [{ n: 2 }, { n: 2 }],
      'both are done, each once',
    );
  });

  t.test('a connection that is lost in the midst: the whole work runs again, and once', async (t) => {
    const db = open('victim');
    let attempts = 0;
    const result = await inTenant(db, tenantId, async (trx) => {
      await trx.insertInto('things').values({ name: 'midst' }).execute();
      if (++attempts <= 2) {
        await database.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim' and datname = current_database()",
        );
      }
      await sql`select 1`.execute(trx);
      return 'done';
    });
    t.equal(result, 'done');
    t.equal(attempts, 3);
    t.strictSame(await names(), ['midst']);
  });

  t.test('a server that is away is asked five times, with growing waits', async (t) => {
    link.cut();
    t.teardown(() => link.restore());
    const db = open('away', link.through(database.adminUrl));
    const started = performance.now();
    const failure = await inTenant(db, tenantId, async () => 'never').catch((error) => error);
    const tookMs = performance.now() - started;
    t.ok(isConnectionLoss(failure), String(failure));
    t.ok(isTransient(failure));
    t.ok(tookMs >= 750 && tookMs < 5_000, `half of 100 + 200 + 400 + 800 ms at least: ${Math.round(tookMs)}`);
  });

  t.test('a server that comes back in time is not missed', async (t) => {
    link.cut();
    const db = open('back', link.through(database.adminUrl));
    setTimeout(() => link.restore(), 300);
    t.equal(await inTenant(db, tenantId, async () => 'answered'), 'answered');
  });

  t.test('a commit whose answer is lost', async (t) => {
    const isCommit = (sent: Buffer) => sent.toString('latin1').includes('commit');
    const losing = () => {
      let isLost = false;
      link.watch((sent) => {
        if (isLost || !isCommit(sent)) return false;
        isLost = true;
        return true;
      });
    };
    const db = open('lost-answer', link.through(database.adminUrl));
    const insert = (options = {}) => {
      let attempts = 0;
      const done = inTenant(
        db,
        tenantId,
        async (trx) => {
          attempts++;
          const { rows } = await sql`
            insert into things values ('kept') on conflict do nothing returning name`.execute(trx);
          return { attempts, isFirst: rows.length === 1 };
        },
        options,
      );
      return done.then(
        (result) => result,
        (error) => ({ attempts, error }),
      );
    };

    losing();
    const unknown = await insert();
    t.match(unknown, { attempts: 1 }, 'nobody knows what became of it: it is not run again');
    t.ok('error' in unknown && isConnectionLoss(unknown.error));
    t.strictSame(await names(), ['kept'], 'it was committed');

    await database.query('truncate things');
    losing();
    const known = await insert({ repeatable: true });
    t.match(known, { attempts: 2, isFirst: false }, 'what finds out by itself is run again');
    t.strictSame(await names(), ['kept']);

    losing();
    let reads = 0;
    const read = () =>
      inTenant(
        db,
        tenantId,
        async (trx) => {
          reads++;
          return trx.selectFrom('things').select('name').execute();
        },
        { readOnly: true },
      );
    t.strictSame(await read(), [{ name: 'kept' }], 'a read changes nothing');
    t.equal(reads, 2);
  });

  t.test('what is wrong by itself is not tried again', async (t) => {
    const db = open('wrong');
    let attempts = 0;
    const wrong = inTenant(db, tenantId, async (trx) => {
      attempts++;
      await sql`select 1 / 0`.execute(trx);
    });
    await t.rejects(wrong, { code: '22012' });
    t.equal(attempts, 1);
  });
});
