import { randomUUID } from 'node:crypto';
import { services } from '@stockade/contracts';
import { roleNames, roleUrl } from '@stockade/database';
import { createTestDatabase, testRolesSecret } from '@stockade/testing';
import { pgBouncerMissing, startPgBouncer } from '@stockade/testing/pgbouncer';
import { startStack } from '@stockade/testing/stack';
import pg from 'pg';
import t from 'tap';
import { Person } from '../demo/http.ts';
import { tellStory } from '../demo/story.ts';
import { checkLaws } from '../laws/check.ts';
import { expectFinalState } from './final-state.ts';

const missing = pgBouncerMissing();

t.test('everything through PgBouncer in transaction mode', missing ? { skip: missing } : {}, async (t) => {
  const { adminUrl } = await createTestDatabase(t, []);
  // Fewer connections than the pools may open: sessions have to share them.
  const bouncer = await startPgBouncer(t, {
    target: adminUrl,
    services: [...services, 'gateway'],
    poolSize: 2,
  });
  const stack = await startStack(t, {
    DATABASE_URL: bouncer.through(adminUrl),
    DATABASE_DIRECT_URL: adminUrl,
    DATABASE_ROLES_SECRET: testRolesSecret,
  });
  const { url, credentials } = stack;
  const owner = await Person.signIn(url, credentials.email, credentials.password);

  t.test('orders, mail, receipts, queues, audit: the whole story', async (t) => {
    await expectFinalState(t, await tellStory(credentials, (title) => t.pass(title)));
    t.notMatch(stack.output(), /A periodic task failed/, 'relays, leases and clean-up as well');
  });

  t.test('its pools are what the services use', async (t) => {
    const databases = await bouncer.console('show pools');
    const inTransactionMode = databases.filter(({ user }) => user?.startsWith('stockade_'));
    t.ok(inTransactionMode.length >= 10, `${inTransactionMode.length} pools of roles`);
    t.ok(inTransactionMode.every((pool) => pool.pool_mode === 'transaction'));
    const name = new URL(adminUrl).pathname.slice(1);
    const [stats] = (await bouncer.console('show stats')).filter(({ database }) => database === name);
    t.ok(Number(stats?.total_xact_count) > 500, `${stats?.total_xact_count} transactions went through it`);
  });

  t.test('a key has one effect, also for calls at once', async (t) => {
    const site = await owner.post('/v1/inventory/sites', { code: 'BOUNCER', name: 'Behind the bouncer' });
    const item = await owner.post('/v1/inventory/items', { sku: 'BOUNCER', name: 'Thing', unit: 'each' });
    const movement = { type: 'RECEIVE', itemId: item.id, siteId: site.id, quantity: '3' };
    const receive = (key: string) =>
      owner.post('/v1/inventory/movements', movement, { 'idempotency-key': key });
    const keys = Array.from({ length: 20 }, () => randomUUID());
    const answers = await Promise.all(keys.flatMap((key) => [receive(key), receive(key), receive(key)]));
    t.equal(new Set(answers.map(({ id }) => id)).size, 20);
    const { data } = await owner.get(`/v1/inventory/balances?itemId=${item.id}`);
    t.equal(data[0].onHand, '60');
  });

  t.test('a connection that served one tenant shows nothing of it to the next', async (t) => {
    const made = await fetch(`${url}/v1/admin/tenants`, {
      method: 'POST',
      headers: { authorization: `Bearer ${credentials.operatorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name: 'Neighbour', ownerEmail: 'owner@neighbour.example', ownerName: 'Owner' },
        ownerPassword: 'Next-door-42-times',
      }),
    });
    t.equal(made.status, 201, await made.clone().text());
    const neighbour = await Person.signIn(url, 'owner@neighbour.example', 'Next-door-42-times');
    await neighbour.post('/v1/inventory/items', { sku: 'NEXT-DOOR', name: 'Theirs', unit: 'each' });
    const skus = async (person: Person) =>
      (await person.get('/v1/inventory/items?limit=1000')).data.map(({ sku }: { sku: string }) => sku);
    const turns = Array.from({ length: 60 }, (_, at) => (at % 2 ? neighbour : owner));
    const seen = await Promise.all(turns.map(skus));
    for (const [at, found] of seen.entries()) {
      if (turns[at] === neighbour) t.strictSame(found, ['NEXT-DOOR']);
      else t.ok(found.includes('BOUNCER') && !found.includes('NEXT-DOOR'));
    }

    const role = roleUrl(bouncer.through(adminUrl), roleNames('inventory').app, testRolesSecret);
    const pool = new pg.Pool({ connectionString: role, max: 6 });
    t.teardown(() => pool.end());
    const count = () => pool.query('select count(*)::int as n from items').then(({ rows }) => rows[0].n);
    const counts = await Promise.all(Array.from({ length: 30 }, count));
    t.ok(
      counts.every((n) => n === 0),
      'no tenant is left set in any connection that others used',
    );
    const limits = await pool.query(
      "select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle",
    );
    t.strictSame(limits.rows, [{ statement: '30s', idle: '1min' }], 'time limits hold behind it, too');
  });

  t.test('the laws hold', async (t) => {
    const client = new pg.Client(adminUrl);
    await client.connect();
    t.teardown(() => client.end());
    for await (const { law, holds, found } of checkLaws(client))
      t.ok(holds, `${law.number}: ${JSON.stringify(found.flatMap(({ broken }) => broken))}`);
  });
});
