import { setTimeout as delay } from 'node:timers/promises';
import { eventually, openLink, redisMissing, startRedis } from '@stockade/testing';
import { generousLimits } from '@stockade/testing/stack';
import t from 'tap';
import { startSharedStack } from './setup.ts';

const json = { 'content-type': 'application/json' };
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const wrong = bearer('stk_live_wrong');
const missing = redisMissing();

t.test('addresses that try credential after credential', async (t) => {
  const stack = await startSharedStack(t);
  const own = bearer(stack.credentials.apiKey);
  const operator = bearer(stack.credentials.operatorKey);
  const env = { ...generousLimits, IP_BLOCK_AFTER: '5', IP_BLOCK_SECONDS: '8' };

  const call = (url: string, headers: Record<string, string>) =>
    fetch(`${url}/v1/inventory/sites`, { headers });
  const status = async (url: string, headers: Record<string, string>) => {
    const answer = await call(url, headers);
    await answer.body?.cancel();
    return answer.status;
  };
  const signIn = async (url: string, password: string) => {
    const body = JSON.stringify({ email: stack.credentials.email, password });
    const answer = await fetch(`${url}/v1/auth/login`, { method: 'POST', headers: json, body });
    await answer.body?.cancel();
    return answer.status;
  };
  const admin = async (url: string, path: string, method = 'GET', body?: unknown, headers = operator) => {
    const answer = await fetch(`${url}/v1/admin/${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const blockedIn = async (url: string) => (await admin(url, 'blocked-ips')).body.data;

  t.test('are blocked for a while; who holds a good one is not', async (t) => {
    const { url, log } = await stack.addGateway(t, env);
    t.strictSame(await blockedIn(url), []);
    for (let at = 0; at < 4; at++) t.equal(await status(url, wrong), 401);
    t.equal(await signIn(url, 'Wrong-password-1'), 401, 'a failed sign-in counts too');
    const refused = await call(url, wrong);
    t.equal(refused.status, 429);
    t.match(refused.headers.get('retry-after'), /^[1-8]$/);
    t.match(await refused.json(), {
      error: { code: 'RATE_LIMITED', message: /blocked/, details: { blocked: true } },
    });
    t.equal(await status(url, {}), 429, 'none at all is the same');
    t.equal(await signIn(url, stack.credentials.password), 429, 'no sign-ins from there');
    t.equal(await status(url, own), 200);
    t.equal((await fetch(`${url}/health/live`)).status, 200);
    const [block] = await blockedIn(url);
    t.match(block, { network: '127.0.0.1', by: 'refusals', reason: null });
    t.ok(Date.parse(block.until) > Date.now());
    t.ok(log.some((line) => line.includes('too many wrong credentials')));
    await delay(8_100);
    t.strictSame(await blockedIn(url), []);
    t.equal(await status(url, {}), 401, 'answered again');
  });

  t.test('what an operator does', async (t) => {
    const { url } = await stack.addGateway(t, env);
    for (let at = 0; at < 5; at++) await status(url, wrong);
    t.equal(await status(url, wrong), 429);
    t.equal((await admin(url, 'blocked-ips/127.0.0.1', 'DELETE')).status, 204);
    t.equal(await status(url, wrong), 401, 'released, and counted anew');
    t.match(await admin(url, 'blocked-ips/127.0.0.1', 'DELETE'), {
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    const made = await admin(url, 'blocked-ips', 'POST', {
      ...{ address: '127.0.0.1', seconds: 600, reason: 'a scan' },
    });
    t.match(made, { status: 201, body: { network: '127.0.0.1', by: 'operator', reason: 'a scan' } });
    t.equal(await status(url, wrong), 429);
    t.equal(await status(url, own), 200);
    t.match(await admin(url, 'blocked-ips', 'POST', { address: '2001:db8:1:2::9' }), {
      body: { network: '2001:db8:1:2::/64' },
    });
    t.strictSame(
      (await blockedIn(url)).map(({ network }: { network: string }) => network),
      ['127.0.0.1', '2001:db8:1:2::/64'],
      'the longest first',
    );
    t.equal((await admin(url, 'blocked-ips/127.0.0.1', 'DELETE')).status, 204);
    const encoded = encodeURIComponent('2001:db8:1:2::/64');
    t.equal((await admin(url, `blocked-ips/${encoded}`, 'DELETE')).status, 204);
    for (const [body, field] of [
      [{}, '/address'],
      [{ address: 'localhost' }, '/address'],
      [{ address: '127.0.0.1', seconds: '5' }, '/seconds'],
      [{ address: '127.0.0.1', forever: true }, '/forever'],
    ] as const) {
      const answer = await admin(url, 'blocked-ips', 'POST', body);
      t.equal(answer.status, 400);
      t.equal(answer.body.error.details.errors[0].path, field);
    }
    const form = await fetch(`${url}/v1/admin/blocked-ips`, {
      method: 'POST',
      headers: { ...operator, 'content-type': 'text/plain' },
      body: '{"address":"127.0.0.1"}',
    });
    t.equal(form.status, 415);
    for (const [path, method] of [
      ['blocked-ips', 'GET'],
      ['blocked-ips', 'POST'],
      ['blocked-ips/127.0.0.1', 'DELETE'],
      ['rate-limits', 'GET'],
      ['rate-limits/reset', 'POST'],
      ['breakers/inventory/reset', 'POST'],
    ] as const)
      t.equal((await admin(url, path, method, undefined, own)).status, 403, `${method} ${path}`);
  });

  t.test('limits can be seen and reset', async (t) => {
    const { url } = await stack.addGateway(t, { ...generousLimits, RATE_LIMIT_KEY_MAX: '3' });
    const uses = async () => (await admin(url, 'rate-limits')).body;
    t.strictSame([await status(url, own), await status(url, own)], [200, 200]);
    t.equal(await status(url, own), 200);
    t.equal(await status(url, own), 429);
    const { countedIn, data } = await uses();
    t.equal(countedIn, 'memory');
    t.match(data[0], { tier: 'KEY', limit: 3, used: 3, resetSeconds: Number }, 'the most exhausted first');
    const { tier, key } = data[0];
    t.equal((await admin(url, 'rate-limits/reset', 'POST', { tier, key })).status, 204);
    t.equal(await status(url, own), 200);
    t.equal((await admin(url, 'rate-limits/reset', 'POST', { tier: 'NONE', key })).status, 400);
  });

  const proxied = { ...env, TRUSTED_PROXIES: '127.0.0.1', IP_BLOCK_SECONDS: '600' };
  const from = (ip: string) => ({ ...wrong, 'x-forwarded-for': ip });
  const guess = async (url: string, ip: string) => {
    for (let at = 0; at < 5; at++) await status(url, from(ip));
  };
  const stored = (ip: string) =>
    stack.query(`select by, reason, until::text from gateway.blocks where network = '${ip}'`);

  t.test('blocks outlive the gateway', async (t) => {
    const first = await stack.addGateway(t, proxied);
    const [byOperator, byRefusals] = ['203.0.113.40', '203.0.113.41'];
    const asked = { address: byOperator, seconds: 31_536_000, reason: 'a scan' };
    t.equal((await admin(first.url, 'blocked-ips', 'POST', asked)).status, 201);
    t.match(await stored(byOperator), [{ by: 'operator', reason: 'a scan' }], 'written before the answer');
    await guess(first.url, byRefusals);
    await eventually('the other is written too', async () => (await stored(byRefusals)).length === 1);
    const before = await blockedIn(first.url);
    await first.close();
    const next = await stack.addGateway(t, proxied);
    t.equal(await status(next.url, from(byOperator)), 429);
    t.equal(await status(next.url, from(byRefusals)), 429);
    t.strictSame(await blockedIn(next.url), before);
    t.equal((await admin(next.url, `blocked-ips/${byRefusals}`, 'DELETE')).status, 204);
    t.strictSame(await stored(byRefusals), []);
  });

  t.test('the block that ends later holds', async (t) => {
    const { url } = await stack.addGateway(t, proxied);
    const [known, unknown] = ['203.0.113.42', '203.0.113.43'];
    const long = { address: known, seconds: 86_400, reason: 'a scan' };
    const made = (await admin(url, 'blocked-ips', 'POST', long)).body;
    t.strictSame((await admin(url, 'blocked-ips', 'POST', { address: known, seconds: 60 })).body, made);
    await stack.query(
      `insert into gateway.blocks values ('${unknown}', now() + interval '1 day', 'operator', 'a scan')`,
    );
    const before = await stored(unknown);
    await guess(url, unknown);
    await eventually('it learns of the longer one', async () =>
      (await blockedIn(url)).some(
        ({ network, by }: { network: string; by: string }) => network === unknown && by === 'operator',
      ),
    );
    t.strictSame(await stored(unknown), before, 'not shortened by refusals');
    const short = { address: '203.0.113.44', seconds: 60 };
    await admin(url, 'blocked-ips', 'POST', short);
    t.match((await admin(url, 'blocked-ips', 'POST', { ...short, seconds: 900, reason: 'again' })).body, {
      reason: 'again',
    });
  });

  t.test('other gateways hear of blocks and releases', async (t) => {
    const [a, b] = [await stack.addGateway(t, proxied), await stack.addGateway(t, proxied)];
    const ip = '203.0.113.45';
    await guess(a.url, ip);
    await eventually('it is blocked there', async () => (await status(b.url, from(ip))) === 429);
    t.equal((await admin(b.url, `blocked-ips/${ip}`, 'DELETE')).status, 204);
    await eventually('it is released there', async () => (await status(a.url, from(ip))) === 401);
    t.equal(await status(a.url, from(ip)), 401, 'and counted anew');
  });

  t.test('what is over is removed', async (t) => {
    const rows = (minutes: number) =>
      `('203.0.113.${50 + minutes}', now() + interval '${minutes} minutes', 'refusals', null)`;
    await stack.query(`insert into gateway.blocks values ${rows(-1)}, ${rows(1)}`);
    await stack.addGateway(t, proxied);
    await eventually('it is gone', async () => (await stored('203.0.113.49')).length === 0);
    t.equal((await stored('203.0.113.51')).length, 1);
  });

  t.test('while the database is away everything stays, and is written down afterwards', async (t) => {
    const link = await openLink(t, stack.systemUrl);
    const { url } = await stack.addGateway(t, {
      ...proxied,
      DATABASE_SYSTEM_URL: link.through(stack.systemUrl),
    });
    const [kept, freed, added] = ['203.0.113.60', '203.0.113.61', '203.0.113.62'];
    for (const address of [kept, freed]) await admin(url, 'blocked-ips', 'POST', { address });
    link.cut();
    t.equal(await status(url, from(kept)), 429);
    await guess(url, added);
    t.equal(await status(url, from(added)), 429);
    t.equal((await admin(url, `blocked-ips/${freed}`, 'DELETE')).status, 204);
    t.equal(await status(url, from(freed)), 401);
    t.strictSame([(await stored(freed)).length, (await stored(added)).length], [1, 0]);
    link.restore();
    await eventually('both are written down', async () => {
      const [one, other] = [await stored(freed), await stored(added)];
      return one.length === 0 && other.length === 1;
    });
    t.equal(await status(url, from(kept)), 429);
    t.equal(await status(url, from(freed)), 401);
  });

  t.test('with Redis all gateways know', missing ? { skip: missing } : {}, async (t) => {
    const redis = await startRedis(t);
    const shared = { ...env, REDIS_URL: redis.url };
    const [a, b] = [await stack.addGateway(t, shared), await stack.addGateway(t, shared)];
    await Promise.all([status(a.url, own), status(b.url, own)]);
    for (let at = 0; at < 5; at++) t.equal(await status((at % 2 ? a : b).url, wrong), 401);
    for (const { url } of [a, b])
      await eventually('both refuse', async () => (await status(url, wrong)) === 429);
    t.match(
      (await blockedIn(a.url)).find(({ network }: { network: string }) => network === '127.0.0.1'),
      { by: 'refusals' },
    );
    t.match((await admin(a.url, 'rate-limits')).body, { countedIn: 'redis' });
    t.equal((await admin(b.url, 'blocked-ips/127.0.0.1', 'DELETE')).status, 204);
    await eventually('released at both', async () => (await status(a.url, wrong)) === 401);
    for (let at = 0; at < 5; at++) await status(a.url, wrong);
    await eventually('blocked at both', async () => (await status(b.url, wrong)) === 429);
    await delay(8_100);
    t.equal(await status(b.url, {}), 401, 'it ends by itself');
    await eventually('blocked again', async () => (await status(a.url, wrong)) === 429);
    await redis.kill();
    t.equal(await status(a.url, wrong), 429, 'without Redis too');
    t.equal((await admin(a.url, 'blocked-ips/127.0.0.1', 'DELETE')).status, 204, 'blocks need no Redis');
    t.equal(await status(a.url, wrong), 401, 'counted by each for itself');
    t.equal(await status(a.url, own), 200);
  });
});
