import { eventually } from '@stockade/testing';
import t from 'tap';
import { startSharedStack } from './setup.ts';

/** Makes a commit of sites take its time, so that whoever asked for it can die meanwhile. */
const slowCommit = `
create function inventory.take_time() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$;
create constraint trigger take_time after insert on inventory.sites deferrable initially deferred
  for each row execute function inventory.take_time();
`;

t.test('a process dies between the commit and the answer: the retry gets the first result', async (t) => {
  const stack = await startSharedStack(t);
  await stack.query(slowCommit);
  const ask = (code: string) =>
    fetch(`${stack.url}/v1/inventory/sites`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${stack.credentials.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': `dies-${code}`,
      },
      body: JSON.stringify({ code, name: 'Only one' }),
    });
  const committing = `select 1 from pg_stat_activity
    where datname = current_database() and state = 'active' and lower(query) = 'commit' and wait_event = 'PgSleep'`;

  for (const name of ['inventory', 'gateway']) {
    await t.test(name, async (t) => {
      const code = `DEATH-${name}`.toUpperCase();
      const { pid } = await stack.process(name);
      const first = ask(code).then(
        (answer) => answer.status,
        () => 'cut off',
      );
      await eventually('it commits', async () => (await stack.query(committing)).length > 0);
      process.kill(pid, 'SIGKILL');
      const told = await first;
      t.ok(
        told === 'cut off' || told === 503 || told === 409,
        `the caller was told ${told}: it is open what became of it`,
      );
      const again = await eventually('there is an answer', async () => {
        const answer = await ask(code).catch(() => null);
        return answer && answer.status !== 503 && answer.status !== 409 ? answer : null;
      });
      t.equal(again.status, 201);
      t.equal(again.headers.get('idempotency-replayed'), 'true');
      const { id } = (await again.json()) as { id: string };
      const rows = await stack.query(`select id from inventory.sites where code = '${code}'`);
      t.strictSame(rows, [{ id }]);
    });
  }
});
