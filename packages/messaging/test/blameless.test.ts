import { goodsReceived } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import { sql } from 'kysely';
import t from 'tap';
import { consumer, on } from '../src/index.ts';
import { emit, kinds, needs, notes, openDatabase, run, type Tables } from './setup.ts';

/** What PostgreSQL answers when it lacks something, or others keep it; of the work it says nothing. */
const shortages = {
  ...{ '53100': 'the disk is full', '53200': 'it is out of memory', '58030': 'its disk fails' },
  ...{ '55P03': 'somebody else held the lock for too long', '25P03': 'the process stood still in between' },
};
const codes = Object.keys(shortages);

for (const kind of kinds) {
  t.test(`what the server lacks is no failure of an event on ${kind}`, needs(kind), async (t) => {
    const databases = await openDatabase(t);
    let tries = 0;
    const unlucky = on<Tables, typeof goodsReceived.payload>(goodsReceived, async (work, event) => {
      const code = codes[tries++ % codes.length];
      if (tries <= 7)
        await sql`do ${sql.raw(`$$ begin raise exception 'lacking' using errcode = '${code}'; end $$`)}`.execute(
          work.trx,
        );
      const note = event.payload.orderNumber;
      await work.trx
        .insertInto('effects')
        .values({ tenant_id: work.tenantId, event_id: event.id, note })
        .execute();
    });
    await run(t, kind, databases, { consumers: [consumer<Tables>('inventory', [unlucky])] });
    await emit(databases.db, newId(), ['waits']);
    await eventually('it is handled', async () => (await notes(databases)).length > 0, 60_000);
    t.equal(tries, 8, 'more often tried than an event may fail');
    t.strictSame(await databases.database.query('select 1 from delivery_failures'), [], 'none is counted');
    t.strictSame(await databases.database.query('select 1 from dead_letters'), [], 'and it is not dead');
  });
}
