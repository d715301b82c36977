import { setTimeout as delay } from 'node:timers/promises';
import { redisMissing, startRedis } from '@stockade/testing';
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

  t.test('with Redis all gateways know', missing ? { skip: missing } : {}, async (t) => {
    const redis = await startRedis(t);
    const shared = { ...env, REDIS_URL: redis.url };
    const [a, b] = [await stack.addGateway(t, shared), await stack.addGateway(t, shared)];
    await Promise.all([status(a.url, own), status(b.url, own)]);
    for (let at = 0; at < 5; at++) t.equal(await status((at % 2 ? a : b).url, wrong), 401);
    t.strictSame([await status(a.url, wrong), await status(b.url, wrong)], [429, 429]);
    t.match(await blockedIn(a.url), [{ network: '127.0.0.1', by: 'refusals' }]);
    t.match((await admin(a.url, 'rate-limits')).body, { countedIn: 'redis' });
    t.equal((await admin(b.url, 'blocked-ips/127.0.0.1', 'DELETE')).status, 204);
    t.equal(await status(a.url, wrong), 401);
    for (let at = 0; at < 4; at++) await status(a.url, wrong);
    t.equal(await status(b.url, wrong), 429);
    await delay(8_100);
    t.equal(await status(b.url, {}), 401, 'it ends by itself');
    await redis.kill();
    t.equal(await status(a.url, wrong), 401, 'without Redis each for itself');
    t.equal(await status(a.url, own), 200);
  });
});
