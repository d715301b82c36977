import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createSystemDatabase,
  eventually,
  openLink,
  redisMissing,
  startRedis,
  testRolesSecret,
} from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import t, { type Test } from 'tap';
import { Person } from '../demo/http.ts';

const root = resolve(import.meta.dirname, '../..');
const missing = redisMissing();

interface Answer {
  status: number;
  ms: number;
  retryAfter: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what is checked
  body: any;
}

/** Calls a stack as the owner of its tenant's key, or as somebody else. */
const callerOf =
  ({ url, credentials }: Stack) =>
  async (method: string, path: string, body?: unknown, key = credentials.apiKey): Promise<Answer> => {
    const started = performance.now();
    const isText = typeof body === 'string';
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': isText ? 'message/rfc822' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      ms: performance.now() - started,
      retryAfter: answer.headers.get('retry-after'),
      body: text ? JSON.parse(text) : null,
    };
  };

/** Stops a process as a machine that hangs does; goes on with the test's end at the latest. */
async function freeze(t: Test, stack: Stack, name: string): Promise<() => void> {
  const { pid } = await stack.process(name);
  process.kill(pid, 'SIGSTOP');
  const thaw = () => process.kill(pid, 'SIGCONT');
  t.teardown(thaw);
  return thaw;
}

const letter = (id: string) =>
  `From: a@supplier.example\r\nTo: b@demo.example\r\nSubject: Hello\r\nMessage-ID: <${id}@supplier.example>\r\n\r\nHello\r\n`;

t.test('degraded modes', async (t) => {
  const { adminUrl } = await createSystemDatabase(t);
  const link = await openLink(t, adminUrl);
  const stack = await startStack(t, {
    DATABASE_URL: link.through(adminUrl),
    DATABASE_ROLES_SECRET: testRolesSecret,
    ...{
      UPSTREAM_TIMEOUT_MS: '5000',
      BREAKER_FAILURES: '2',
      BREAKER_OPEN_SECONDS: '1',
      SLOW_QUERY_MS: '150',
    },
  });
  const call = callerOf(stack);
  const { operatorKey } = stack.credentials;
  const ready = () => call('GET', '/health/ready');
  const site = (await call('POST', '/v1/inventory/sites', { code: 'MODES', name: 'Modes' })).body;
  const item = (await call('POST', '/v1/inventory/items', { sku: 'MODES', name: 'Thing', unit: 'each' }))
    .body;
  const items = '/v1/inventory/items';

  t.test('identity down', async (t) => {
    const made = await call('POST', '/v1/identity/api-keys', { name: 'Unknown', scopes: ['inventory:read'] });
    t.equal((await call('GET', items)).status, 200, 'the gateway knows this key now');
    const thaw = await freeze(t, stack, 'identity');
    t.equal(
      (
        await call('POST', '/v1/inventory/movements', {
          type: 'RECEIVE',
          itemId: item.id,
          siteId: site.id,
          quantity: '5',
        })
      ).status,
      201,
      'who is known goes on, changes too',
    );
    const unknown = await call('GET', items, undefined, made.body.key);
    t.match(
      [503, 504].includes(unknown.status),
      true,
      `${unknown.status}: it is not known whether the key is good, so it is not refused as wrong`,
    );
    t.match(unknown.retryAfter, /^\d+$/);
    await eventually('the breaker is open', async () => {
      const { status, ms } = await call('GET', items, undefined, made.body.key);
      return status === 503 && ms < 500;
    });
    t.match(await ready(), { status: 200, body: { status: 'degraded', services: { identity: 'down' } } });
    thaw();
    await eventually(
      'unknown keys are looked up again',
      async () => (await call('GET', items, undefined, made.body.key)).status === 200,
    );
  });

  t.test('inventory down', async (t) => {
    const supplier = (
      await call('POST', '/v1/purchasing/suppliers', { code: 'MODES', name: 'Modes', mailDomains: [] })
    ).body;
    const order = await eventually('purchasing knows site and item', async () => {
      const lines = [{ itemId: item.id, quantity: '5', unitPrice: '2' }];
      const made = await call('POST', '/v1/purchasing/purchase-orders', {
        supplierId: supplier.id,
        siteId: site.id,
        currency: 'EUR',
        lines,
      });
      return made.status === 201 && made.body;
    });
    await call('POST', `/v1/purchasing/purchase-orders/${order.id}/submit`);
    const person = { email: 'second@modes.example', password: 'Four-eyes-see-more-7' };
    const user = await call('POST', '/v1/identity/users', { ...person, name: 'Ada', role: 'manager' });
    t.equal(user.status, 201);
    const second = await Person.signIn(stack.url, person.email, person.password);
    await second.post(`/v1/purchasing/purchase-orders/${order.id}/approve`);

    const thaw = await freeze(t, stack, 'inventory');
    const hanging = await call('GET', items);
    t.equal(hanging.status, 504, 'it hangs');
    const refused = await eventually('the breaker is open', async () => {
      const answer = await call('GET', items);
      return answer.status === 503 && answer.ms < 500 && answer;
    });
    t.match(refused, {
      retryAfter: /^\d+$/,
      body: { error: { code: 'SERVICE_UNAVAILABLE', details: { service: 'inventory' } } },
    });
    const receipt = await call('POST', `/v1/purchasing/purchase-orders/${order.id}/receipts`, {
      lines: [{ lineId: order.lines[0].id, quantity: '5' }],
    });
    t.match(
      receipt,
      { status: 201, body: { stockPosting: 'pending' } },
      'goods that arrived are never refused',
    );
    t.match(await ready(), { status: 200, body: { status: 'degraded', services: { inventory: 'down' } } });
    thaw();
    await eventually('the receipt is posted', async () => {
      const { body } = await call('GET', `/v1/purchasing/receipts/${receipt.body.id}`);
      return body.stockPosting === 'posted';
    });
    await eventually('inventory answers', async () => (await call('GET', items)).status === 200);
    const { body } = await call('GET', `/v1/inventory/balances?itemId=${item.id}`);
    t.equal(body.data[0].onHand, '10', 'once');
  });

  t.test('PostgreSQL slow', async (t) => {
    link.slowDown(100);
    t.teardown(() => link.slowDown(0));
    // Changes, for what was read a moment ago is kept.
    const change = (code: string) => call('POST', '/v1/inventory/sites', { code, name: 'Slow' });
    const slow = await change('SLOW');
    t.equal(slow.status, 201, 'it takes longer, and is answered');
    t.ok(slow.ms >= 400, `${Math.round(slow.ms)} ms`);
    await eventually('the log tells of slow statements', () =>
      /Slow query .*sql=.*requestId=\S+.*traceId=[0-9a-f]{32}/.test(stack.output()),
    );
    t.equal((await call('GET', '/health/live')).status, 200);
    link.slowDown(0);
    await delay(500);
    const back = await change('FAST');
    t.ok(
      back.status === 201 && back.ms < 1_000,
      `${back.status} in ${Math.round(back.ms)} ms as soon as it is over`,
    );

    link.cut();
    const away = await change('AWAY');
    t.match(away, { status: 503, retryAfter: /^\d+$/ }, 'away altogether: refused, with when to come again');
    link.restore();
    await eventually('and back', async () => (await change('BACK')).status === 201);
    t.match(await call('GET', '/health/detailed', undefined, operatorKey), { status: 200 });
  });
});

t.test('degraded modes, with queues in Redis', missing ? { skip: missing } : {}, async (t) => {
  const redis = await startRedis(t);
  const stack = await startStack(t, { REDIS_URL: redis.url });
  const call = callerOf(stack);

  t.test('Redis down', async (t) => {
    await redis.kill();
    const mail = await call('POST', '/v1/mail/messages', letter('redis-down'));
    t.equal(mail.status, 202, 'mail is taken');
    const site = await call('POST', '/v1/inventory/sites', { code: 'REDIS', name: 'Redis' });
    t.equal(site.status, 201, 'changes are made');
    const health = await eventually('health tells', async () => {
      const found = await call('GET', '/health/detailed', undefined, stack.credentials.operatorKey);
      return found.body?.checks?.rateLimits?.status === 'degraded' && found;
    });
    t.match(health.body.checks.queues, { status: 'down' });
    t.equal((await call('GET', '/health/ready')).status, 200);
    await redis.start();
    await eventually(
      'the mail has its verdict',
      async () => (await call('GET', `/v1/mail/messages/${mail.body.id}`)).body.status === 'scanned',
    );
    const audited = async () =>
      (await call('GET', `/v1/audit/entries?targetId=${site.body.id}`)).body.data.length;
    await eventually('the change is audited', async () => (await audited()) > 0);
    t.equal(await audited(), 1, 'once');
  });
});

t.test('every mode that is written down has a test of its name', async (t) => {
  const page = await readFile(join(root, 'docs/degraded-modes.md'), 'utf8');
  const modes = [...page.matchAll(/^## (.+ (?:down|slow))$/gm)].map(([, name = '']) => name);
  t.equal(modes.length, 6);
  const folders = ['scripts/test', 'services/email-scanning/test/feeds', 'services/purchasing/test'];
  const sources = await Promise.all(
    folders.map(async (folder) => {
      const files = (await readdir(join(root, folder))).filter((name) => name.endsWith('.test.ts'));
      return Promise.all(files.map((name) => readFile(join(root, folder, name), 'utf8')));
    }),
  );
  const titles = sources
    .flat()
    .flatMap((text) =>
      [...text.matchAll(/t\.test\('([^']+)'/g)].map(([, title = '']) => title.toLowerCase()),
    );
  for (const mode of modes)
    t.ok(
      titles.some((title) => title.startsWith(mode.toLowerCase())),
      mode,
    );
});
