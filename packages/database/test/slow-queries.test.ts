import { createTestDatabase } from '@stockade/testing';
import { sql } from 'kysely';
import t from 'tap';
import { createDatabase, onBehalfOf } from '../src/index.ts';

t.test('slow statements are logged, without what they are asked with', async (t) => {
  const database = await createTestDatabase(t, []);
  const lines: object[] = [];
  const log = { warn: (fields: object, message: string) => void lines.push({ ...fields, message }) };
  const { db, close } = createDatabase({
    ...{ url: database.adminUrl, applicationName: 'slow', log },
    slowQueryMs: 100,
  });
  t.teardown(close);
  const sleep = (seconds: number) =>
    sql`select pg_sleep(${seconds}), ${'secret@acme.example'}::text`.execute(db);

  await sleep(0);
  t.strictSame(lines, []);

  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await onBehalfOf({ requestId: 'request-7', traceparent }, () => Promise.all([sleep(0.2), sleep(0)]));
  t.match(lines, [
    {
      message: 'Slow query',
      sql: 'select pg_sleep($1), $2::text',
      requestId: 'request-7',
      traceId: '0af7651916cd43dd8448eb211c80319c',
    },
  ]);
  t.ok((lines[0] as { durationMs: number }).durationMs >= 200);
  t.notMatch(JSON.stringify(lines), 'secret@acme');

  await t.rejects(sql`select pg_sleep(0.2), 1 / ${0}::int from generate_series(1, 2)`.execute(db));
  await sleep(0.2);
  const [, last] = lines.slice(-2);
  t.notOk(last && 'requestId' in last, 'of what nobody asked for there is no request');
});
