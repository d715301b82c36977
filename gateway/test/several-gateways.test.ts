import { eventually, redisMissing, startRedis } from '@stockade/testing';
import { generousLimits } from '@stockade/testing/stack';
import t from 'tap';
import { startSharedStack } from './setup.ts';

const json = { 'content-type': 'application/json' };
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const missing = redisMissing();

t.test('gateways beside each other', async (t) => {
  const stack = await startSharedStack(t);
  const own = bearer(stack.credentials.apiKey);
  const status = async (url: string, headers: Record<string, string> = own) => {
    const answer = await fetch(`${url}/v1/inventory/sites`, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  const createKey = async () => {
    const body = '{"name":"short-lived","scopes":["inventory:read"]}';
    const answer = await fetch(`${stack.url}/v1/identity/api-keys`, {
      method: 'POST',
      headers: { ...own, ...json },
      body,
    });
    return (await answer.json()) as { id: string; key: string };
  };
  const revoke = (id: string) =>
    fetch(`${stack.url}/v1/identity/api-keys/${id}`, { method: 'DELETE', headers: own });

  t.test('what one revokes the other refuses within a second', async (t) => {
    const { url } = await stack.addGateway(t);
    await eventually('it listens', async () => (await fetch(`${url}/health/ready`)).status === 200);
    const { id, key } = await createKey();
    t.equal(await status(url, bearer(key)), 200, 'known to the second gateway');
    t.equal((await revoke(id)).status, 204, 'revoked at the first');
    await eventually('it is dead', async () => (await status(url, bearer(key))) === 401, 1_000);
  });

  t.test('a gateway that cannot hear keeps nothing, and listens again', async (t) => {
    const { url } = await stack.addGateway(t);
    const ready = async () =>
      ((await (await fetch(`${url}/health/ready`)).json()) as { status: string }).status;
    await eventually('it listens', async () => (await ready()) === 'ok');
    const { id, key } = await createKey();
    t.equal(await status(url, bearer(key)), 200);
    const listening = `from pg_stat_activity where application_name = 'stockade-gateway-revocations'`;
    await stack.query(`select pg_terminate_backend(pid) ${listening} and datname = current_database()`);
    t.equal((await revoke(id)).status, 204);
    await eventually('it is dead all the same', async () => (await status(url, bearer(key))) === 401, 1_000);
    await eventually('it listens again', async () => (await ready()) === 'ok');
    t.equal(await status(url), 200);
  });

  t.test('wrong credentials block their address, and nobody whose credential is good', async (t) => {
    const { url } = await stack.addGateway(t, { ...generousLimits, RATE_LIMIT_IP_MAX: '20' });
    const wrong = bearer('stk_live_wrong');
    const statuses = await Promise.all(Array.from({ length: 40 }, () => status(url, wrong)));
    t.equal(statuses.filter((found) => found === 401).length, 20);
    t.equal(statuses.filter((found) => found === 429).length, 20);
    t.equal(await status(url, {}), 429, 'none at all is the same');
    const { email, password } = stack.credentials;
    const login = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    t.equal(login.status, 429, 'no sign-ins from there');
    t.equal(await status(url), 200, 'a good key passes');
    t.equal((await fetch(`${url}/health/ready`)).status, 200, 'health is exempt');
  });

  t.test('a tenant has a limit over all of its callers', async (t) => {
    const { url } = await stack.addGateway(t, { ...generousLimits, RATE_LIMIT_TENANT_MAX: '10' });
    const another = bearer((await createKey()).key);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, at) => status(url, at % 2 ? own : another)),
    );
    t.equal(statuses.filter((found) => found === 200).length, 10);
    t.equal(statuses.filter((found) => found === 429).length, 10);
  });

  t.test("a tenant's plan multiplies its limits, at all gateways at once", async (t) => {
    const env = {
      ...generousLimits,
      ...{ RATE_LIMIT_KEY_MAX: '3', RATE_LIMIT_READ_MAX: '2', RATE_LIMIT_WRITE_MAX: '2' },
      ...{ RATE_LIMIT_TENANT_MAX: '10', RATE_LIMIT_SENSITIVE_MAX: '2' },
    };
    const { tenantId, email, password, operatorKey } = stack.credentials;
    const setFactor = (planFactor: number) =>
      fetch(`${stack.url}/v1/admin/tenants/${tenantId}`, {
        ...{ method: 'PATCH', headers: { ...bearer(operatorKey), ...json } },
        body: JSON.stringify({ planFactor }),
      });
    t.teardown(() => setFactor(1));
    const { url } = await stack.addGateway(t, env);
    await eventually('it listens', async () => (await fetch(`${url}/health/ready`)).status === 200);
    const limit = async () =>
      (await fetch(`${url}/v1/inventory/sites`, { headers: own })).headers.get('ratelimit-limit');
    t.equal(await limit(), '3');
    t.equal((await setFactor(2)).status, 200);
    await eventually('a gateway that knew the key before', async () => (await limit()) === '6', 1_000);

    const other = await stack.addGateway(t, env);
    const passed = async (calls: number, call: () => Promise<number>) => {
      let good = 0;
      for (let at = 0; at < calls; at++) if ((await call()) !== 429) good++;
      return good;
    };
    const login = await fetch(`${other.url}/v1/auth/login`, {
      ...{ method: 'POST', headers: json, body: JSON.stringify({ email, password }) },
    });
    const cookie = String(login.headers.get('set-cookie')).split(';')[0] ?? '';
    const { csrfToken } = (await login.json()) as { csrfToken: string };
    const send = async (path: string) => {
      const headers = { cookie, 'x-csrf-token': csrfToken, ...json };
      const answer = await fetch(`${other.url}${path}`, { method: 'POST', headers, body: '{}' });
      await answer.body?.cancel();
      return answer.status;
    };
    t.equal(await passed(5, () => status(other.url, { cookie })), 4, 'READ');
    t.equal(await passed(5, () => send('/v1/inventory/sites')), 4, 'WRITE');
    t.equal(await passed(3, () => send('/v1/identity/api-keys')), 2, 'SENSITIVE stays');
    t.equal(await passed(7, () => status(other.url)), 6, 'KEY');
    const another = bearer((await createKey()).key);
    t.equal(await passed(6, () => status(other.url, another)), 4, 'TENANT: 20 in all');
  });

  t.test('only listed origins may read answers in production', async (t) => {
    const { url } = await stack.addGateway(t, {
      NODE_ENV: 'production',
      CORS_ORIGINS: 'https://console.example',
    });
    const allowed = async (origin: string) =>
      (await fetch(`${url}/v1/inventory/sites`, { headers: { ...own, origin } })).headers.get(
        'access-control-allow-origin',
      );
    t.equal(await allowed('https://console.example'), 'https://console.example');
    t.equal(await allowed('http://localhost:5173'), null);
    t.equal(await allowed('https://console.example.evil.example'), null);
    const preflight = await fetch(`${url}/v1/inventory/sites`, {
      method: 'OPTIONS',
      headers: { origin: 'https://console.example', 'access-control-request-method': 'POST' },
    });
    t.equal(preflight.status, 204);
    t.match(preflight.headers.get('access-control-allow-methods'), 'POST');
  });

  t.test('one line a call, without what is secret', async (t) => {
    const { url, log } = await stack.addGateway(t);
    const { email, password } = stack.credentials;
    const login = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    const cookie = String(login.headers.get('set-cookie')).split(';')[0] ?? '';
    const { csrfToken } = (await login.json()) as { csrfToken: string };
    await status(url);
    await status(url, { cookie });
    const lines = await eventually('three lines', () => {
      const found = log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
      return found.length === 3 && found;
    });
    t.match(lines[1], {
      method: 'GET',
      route: '/v1/inventory/sites',
      status: 200,
      ms: Number,
      requestId: String,
      tenantId: stack.credentials.tenantId,
      principal: String,
      traceId: /^[0-9a-f]{32}$/,
    });
    const all = log.join('');
    for (const secret of [password, stack.credentials.apiKey, cookie.split('=')[1] ?? cookie, csrfToken])
      t.notOk(all.includes(secret));
  });

  t.test('with Redis two gateways have one limit', missing ? { skip: missing } : {}, async (t) => {
    const redis = await startRedis(t);
    const env = { ...generousLimits, RATE_LIMIT_KEY_MAX: '30', REDIS_URL: redis.url };
    const [a, b] = [await stack.addGateway(t, env), await stack.addGateway(t, env)];
    await Promise.all([status(a.url, {}), status(b.url, {})]);
    const statuses = await Promise.all(Array.from({ length: 60 }, (_, at) => status((at % 2 ? a : b).url)));
    t.equal(statuses.filter((found) => found === 200).length, 30);
    t.equal(statuses.filter((found) => found === 429).length, 30);
    const check = async () => {
      const headers = bearer(stack.credentials.operatorKey);
      const answer = await fetch(`${a.url}/health/detailed`, { headers });
      const { checks } = (await answer.json()) as { checks: { rateLimits: { status: string } } };
      return checks.rateLimits.status;
    };
    t.equal(await check(), 'ok');
    await redis.kill();
    t.equal(await status(a.url), 200, 'without Redis it counts for itself');
    t.equal(await check(), 'degraded', 'and says so');
  });
});
