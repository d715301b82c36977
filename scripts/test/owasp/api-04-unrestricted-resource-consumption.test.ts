import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { startSharedStack } from '../../../gateway/test/setup.ts';
import { Person } from '../../demo/http.ts';
import { json, request, signIn } from './platform.ts';
import { branchOf, fieldsOf, sampleOf, toSchema, withValue } from './samples.ts';
import { tenantOperations } from './world.ts';

const stack = await startSharedStack(t);
const { url, credentials } = stack;
const owner = await Person.signIn(url, credentials.email, credentials.password);
const key = { authorization: `Bearer ${credentials.apiKey}` };
const nobodysId = '0190a0a0-0000-7000-8000-000000000000';
const filled = (path: string) => path.replaceAll(/:\w+/g, nobodysId);
const megabyte = 1024 * 1024;

/** Announces a body of that size, and waits for what is said before any of it is sent. */
async function announce(method: string, path: string, type: string, bytes: number): Promise<number> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${key.authorization}\r\nContent-Type: ${type}\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(chunk.toString().split(' ')[1]);
}

t.test(
  'a body has a size that is refused before it is sent, in every operation that takes one',
  async (t) => {
    let tried = 0;
    for (const { id, method, path, body, consumes, bodyLimit } of tenantOperations) {
      if (!body && !consumes) continue;
      tried++;
      const limit = bodyLimit ?? 10 * megabyte;
      t.ok(limit <= 64 * megabyte, `${id}: at most ${limit / megabyte} MiB`);
      const type = consumes?.[0] ?? 'application/json';
      let status = 503;
      // A machine that is busy sheds calls: they may come again.
      for (let at = 0; at < 5 && status === 503; at++)
        status = await announce(method, filled(path), type, limit + 1);
      t.equal(status, 413, id);
    }
    t.ok(tried > 50, `${tried} operations`);
  },
);

t.test('lists are bounded, whatever is asked for', async (t) => {
  for (const { id, path, query } of tenantOperations) {
    const { properties = {} } = toSchema(query);
    if (!properties.limit) continue;
    for (const limit of ['0', '-1', '1.5', 'x', '', 'NaN', '1e3', '9'.repeat(400)]) {
      // Whatever is more than 1000 is taken as 1000.
      const { status } = await owner.call('GET', `${filled(path)}?limit=${limit}`);
      t.ok(
        status === 400 || status === 404 || (status === 200 && Number(limit) >= 1_000),
        `${id} ${limit.slice(0, 9)}: ${status}`,
      );
    }
    t.ok(properties.cursor, `${id} goes on by a cursor`);
  }
});

t.test('texts, lists and depths of bodies are bounded', async (t) => {
  const wrong: string[] = [];
  for (const { id, method, path, body } of tenantOperations) {
    if (!body) continue;
    const good = sampleOf(toSchema(body), '', () => nobodysId);
    for (const field of fieldsOf(toSchema(body))) {
      if (branchOf(field.schema).type !== 'string') continue;
      const started = performance.now();
      // Long enough that a pattern which goes back and forth would not end.
      const long = `${'a'.repeat(60_000)}!`;
      const { status } = await request(
        `${url}${filled(path)}`,
        method,
        { ...key, ...json },
        JSON.stringify(withValue(good, field.path, long)),
      );
      if (status !== 400) wrong.push(`${id} ${field.path.join('/')}: ${status}`);
      if (performance.now() - started > 3_000) wrong.push(`${id} ${field.path.join('/')}: took too long`);
    }
  }
  t.strictSame(wrong, []);
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  for (const body of [deep, `${'['.repeat(100_000)}${']'.repeat(100_000)}`])
    t.equal((await request(`${url}/v1/inventory/sites`, 'POST', { ...key, ...json }, body)).status, 400);
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 1])));
  const refused = await request(`${url}/v1/inventory/sites`, 'POST', { ...key, ...json }, wide);
  t.equal(refused.status, 400);
  t.ok(refused.text.length < 10_000, 'and what is wrong is told in few words');
  const lines = Array.from({ length: 5_000 }, () => ({ itemId: nobodysId, quantity: '1', unitPrice: '1' }));
  const order = { supplierId: nobodysId, siteId: nobodysId, currency: 'EUR', lines };
  t.equal(
    (
      await request(
        `${url}/v1/purchasing/purchase-orders`,
        'POST',
        { ...key, ...json },
        JSON.stringify(order),
      )
    ).status,
    400,
  );
});

t.test('each tier has its limit, and says when to come again', async (t) => {
  const limits = Object.fromEntries(
    ['AUTH', 'READ', 'WRITE', 'SENSITIVE', 'KEY', 'IP'].map((tier) => [`RATE_LIMIT_${tier}_MAX`, '3']),
  );
  const gateway = await stack.addGateway(t, limits);
  // At another gateway: here the sign-in itself would count for the address.
  const { cookie, csrfToken } = await signIn(url, credentials.email, credentials.password);
  const page = { cookie, origin: gateway.url, 'x-csrf-token': csrfToken, ...json };
  const calls: Record<string, () => ReturnType<typeof request>> = {
    reads: () => request(`${gateway.url}/v1/inventory/sites`, 'GET', { cookie }),
    writes: () => request(`${gateway.url}/v1/inventory/sites`, 'POST', page, '{}'),
    'what is sensitive': () => request(`${gateway.url}/v1/identity/tenant`, 'PATCH', page, '{}'),
    'API keys': () => request(`${gateway.url}/v1/inventory/sites`, 'GET', key),
    'calls without a credential': () => request(`${gateway.url}/v1/inventory/sites`, 'GET'),
  };
  for (const [what, call] of Object.entries(calls)) {
    const answers = [];
    for (let at = 0; at < 5; at++) answers.push(await call());
    t.ok(
      answers.slice(0, 3).every(({ status }) => status !== 429),
      `${what}: three are answered`,
    );
    for (const { status, headers, body } of answers.slice(3)) {
      t.equal(status, 429, what);
      t.equal(body.error.code, 'RATE_LIMITED');
      t.match(headers.get('retry-after'), /^[1-9]\d*$/);
      t.equal(headers.get('ratelimit-remaining'), '0');
    }
  }
});

t.test('more calls at once than there is room for are shed, and it goes on', async (t) => {
  const gateway = await stack.addGateway(t, { MAX_CONCURRENT_CALLS: '5', RATE_LIMIT_KEY_MAX: '100000' });
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => request(`${gateway.url}/v1/inventory/items`, 'GET', key)),
  );
  t.ok(answers.every(({ status }) => status === 200 || status === 503));
  t.ok(answers.some(({ status }) => status === 200));
  t.ok(answers.filter(({ status }) => status === 503).every(({ headers }) => headers.has('retry-after')));
  t.equal((await request(`${gateway.url}/v1/inventory/items`, 'GET', key)).status, 200);
});

t.test('what is worked off in the background waits in a short line', async (t) => {
  const mbox = 'From a@b.example Sat Jan 01 00:00:00 2028\nSubject: x\n\nx\n';
  const send = () =>
    request(`${url}/v1/mail/imports`, 'POST', { ...key, 'content-type': 'application/mbox' }, mbox);
  const answers = await Promise.all(Array.from({ length: 60 }, send));
  t.ok(
    answers.every(({ status }) => status === 202 || status === 409),
    [...new Set(answers.map(({ status }) => status))].join(),
  );
});
