import { createTestDatabase, eventually } from '@stockade/testing';
import { sql } from 'kysely';
import t from 'tap';
import { createDatabase, listen } from '../src/index.ts';

t.test('connections that the server ends', async (t) => {
  const database = await createTestDatabase(t, []);
  const kill = (name: string) =>
    database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1',
      [name],
    );

  t.test('a transaction between two statements fails, and the process lives on', async (t) => {
    const { db, close } = createDatabase<unknown>({ url: database.adminUrl, applicationName: 'victim' });
    t.teardown(close);
    await t.rejects(
      db.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx);
        await kill('victim');
        await new Promise((resolve) => setTimeout(resolve, 50));
        await sql`select 1`.execute(trx);
      }),
    );
    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
    t.strictSame(rows, [{ one: 1 }], 'the next query has another connection');
  });

  t.test('a listener says that it is deaf, and comes back', async (t) => {
    const heard: string[] = [];
    const states: boolean[] = [];
    const listener = listen({
      url: database.adminUrl,
      channel: 'Some "channel"',
      applicationName: 'listener',
      onNotification: (payload) => heard.push(payload),
      onState: (state) => states.push(state),
    });
    t.teardown(() => listener.stop());
    const notify = (payload: string) =>
      database.query('select pg_notify($1, $2)', ['Some "channel"', payload]);
    await eventually('it listens', () => listener.listening);
    await notify('first');
    await eventually('it heard', () => heard.length === 1);
    await kill('listener');
    await eventually('it is back', () => states.length === 3);
    await notify('second');
    await eventually('it heard again', () => heard.length === 2);
    t.strictSame(states, [true, false, true]);
    t.strictSame(heard, ['first', 'second']);
  });
});
