import type { ServerResponse } from 'node:http';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { faulty } from './faulty.ts';
import { startSharedStack } from './setup.ts';

t.test('beside a whole running system', async (t) => {
  const stack = await startSharedStack(t);
  const key = { authorization: `Bearer ${stack.credentials.apiKey}` };
  const json = { 'content-type': 'application/json' };
  const operator = { authorization: `Bearer ${stack.credentials.operatorKey}` };
  interface BreakerSeen {
    service: string;
    state: string;
    retryAfterSeconds: number;
  }
  const breakerOf = async (url: string) => {
    const answer = await fetch(`${url}/v1/admin/breakers`, { headers: operator });
    const { data } = (await answer.json()) as { data: BreakerSeen[] };
    return data.find(({ service }) => service === 'inventory') as BreakerSeen;
  };
  const reset = async (url: string) =>
    (await fetch(`${url}/v1/admin/breakers/inventory/reset`, { method: 'POST', headers: operator })).json();
  const suppliers = async (url: string) => {
    const answer = await fetch(`${url}/v1/purchasing/suppliers`, { headers: key });
    await answer.body?.cancel();
    return answer.status;
  };

  t.test('a flood of sign-ins is shed, and closes identity to nobody else', async (t) => {
    const { url } = await stack.addGateway(t, { MAX_CONCURRENT_CALLS_PER_TENANT: '500' });
    const attempt = async (at: number) => {
      const body = JSON.stringify({ email: `guess${at}@x.example`, password: 'Whatever-1234567' });
      const answer = await fetch(`${url}/v1/auth/login`, { method: 'POST', headers: json, body });
      await answer.body?.cancel();
      return answer.status;
    };
    const statuses = await Promise.all(Array.from({ length: 200 }, (_, at) => attempt(at)));
    t.ok(statuses.filter((status) => status === 503).length >= 5, 'more than five in a row were shed');
    t.equal(await suppliers(url), 200);
  });

  t.test('a broken identity is a 503 with Retry-After, never a bare 500', async (t) => {
    const broken = await faulty(t, (_request, response) => response.writeHead(500).end('{"error":{}}'));
    const { url } = await stack.addGateway(t, { IDENTITY_URL: broken });
    const answer = await fetch(`${url}/v1/purchasing/suppliers`, { headers: key });
    t.equal(answer.status, 503);
    t.match(answer.headers.get('retry-after'), /^[1-9]/);
    t.match(await answer.json(), {
      error: { code: 'SERVICE_UNAVAILABLE', details: { service: 'identity' } },
    });
  });

  t.test('health checks that succeed do not keep a failing service from being seen as such', async (t) => {
    let probes = 0;
    const inventory = await faulty(t, (request, response) => {
      const isProbe = request.url === '/health/ready';
      if (isProbe) probes++;
      response.writeHead(isProbe ? 200 : 500).end('{"status":"ok"}');
    });
    const { url } = await stack.addGateway(t, { INVENTORY_URL: inventory });
    const fail = async () =>
      t.equal((await fetch(`${url}/v1/inventory/items`, { headers: key })).status, 500);
    for (let at = 0; at < 4; at++) await fail();
    const before = probes;
    await eventually('it is asked how it is', async () => {
      await fetch(`${url}/health/ready`);
      return probes > before;
    });
    await fail();
    const refused = await fetch(`${url}/v1/inventory/items`, { headers: key });
    t.equal(refused.status, 503, 'the breaker is open');
    t.ok(Number(refused.headers.get('retry-after')) > 20);
    t.match(await breakerOf(url), { state: 'open', failures: 5 });
    t.equal(await suppliers(url), 200, 'the others go on');
    t.match(await reset(url), { service: 'inventory', state: 'closed', openedAt: null });
    await fail();
  });

  t.test('an open breaker is still open after a restart, until it is reset', async (t) => {
    const fails = await faulty(t, (_request, response) => response.writeHead(500).end('{"error":{}}'));
    const items = async (url: string) => (await fetch(`${url}/v1/inventory/items`, { headers: key })).status;
    await t.test('before', async (t) => {
      const { url } = await stack.addGateway(t, { INVENTORY_URL: fails, BREAKER_FAILURES: '2' });
      t.strictSame([await items(url), await items(url), await items(url)], [500, 500, 503]);
    });
    await t.test('after', async (t) => {
      const { url } = await stack.addGateway(t);
      t.equal(await items(url), 503);
      const { state, retryAfterSeconds } = await breakerOf(url);
      t.equal(state, 'open');
      t.ok(retryAfterSeconds > 0 && retryAfterSeconds <= 30);
      t.match(await reset(url), { state: 'closed' });
      t.equal(await items(url), 200);
    });
    await t.test('and after that', async (t) => {
      t.match(await breakerOf((await stack.addGateway(t)).url), { state: 'closed' });
    });
    const { url } = await stack.addGateway(t, { DATABASE_SYSTEM_URL: 'postgres://127.0.0.1:1/gone' });
    t.equal(await items(url), 200, 'without its database the edge stands all the same');
    const unknown = await fetch(`${url}/v1/admin/breakers/nothing/reset`, {
      method: 'POST',
      headers: operator,
    });
    t.equal(unknown.status, 404);
  });

  t.test('callers who go away give their places back', async (t) => {
    let arrived = 0;
    const silent = await faulty(t, () => void arrived++);
    const { url } = await stack.addGateway(t, { INVENTORY_URL: silent, MAX_CONCURRENT_CALLS: '3' });
    const leaving = new AbortController();
    const calls = [1, 2, 3].map(() =>
      fetch(`${url}/v1/inventory/sites`, {
        method: 'POST',
        headers: { ...key, ...json },
        body: '{}',
        signal: leaving.signal,
      }).catch(() => 'gone'),
    );
    await eventually('all three wait', () => arrived === 3);
    t.equal(await suppliers(url), 503, 'there is no place for a fourth');
    t.equal((await fetch(`${url}/health/live`)).status, 200, 'health is always told');
    leaving.abort();
    t.strictSame(await Promise.all(calls), ['gone', 'gone', 'gone']);
    await eventually('there is again', async () => (await suppliers(url)) === 200);
  });

  t.test(
    "a tenant's calls fill its own share, not the gateway; who leaves keeps it until the service is done",
    async (t) => {
      const held: ServerResponse[] = [];
      const silent = await faulty(t, (_request, response) => void held.push(response));
      const { url } = await stack.addGateway(t, {
        INVENTORY_URL: silent,
        MAX_CONCURRENT_CALLS_PER_TENANT: '3',
      });
      const made = await fetch(`${url}/v1/admin/tenants`, {
        method: 'POST',
        headers: { ...operator, ...json },
        body: JSON.stringify({
          ...{ name: 'Neighbour', ownerName: 'Owner' },
          ...{ ownerEmail: 'owner@neighbour.example', ownerPassword: 'Correct-Horse-9-Battery' },
        }),
      });
      t.equal(made.status, 201);
      const leaving = new AbortController();
      const calls = [1, 2, 3].map(() =>
        fetch(`${url}/v1/inventory/movements`, { headers: key, signal: leaving.signal }).catch(() => 'gone'),
      );
      await eventually('all three wait', () => held.length === 3);
      const refused = await fetch(`${url}/v1/purchasing/suppliers`, { headers: key });
      t.equal(refused.status, 503, 'after a wait');
      t.match(refused.headers.get('retry-after'), /^[1-9]/);
      t.match(await refused.json(), { error: { code: 'SERVICE_UNAVAILABLE' } });
      t.equal((await fetch(`${url}/health/live`)).status, 200, 'health is always told');
      const signedIn = await fetch(`${url}/v1/auth/login`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ email: 'owner@neighbour.example', password: 'Correct-Horse-9-Battery' }),
      });
      t.equal(signedIn.status, 200, 'signing in goes on');
      const cookie = String(signedIn.headers.get('set-cookie')).split(';')[0] as string;
      const neighbours = async () => {
        const answer = await fetch(`${url}/v1/purchasing/suppliers`, { headers: { cookie } });
        await answer.body?.cancel();
        return answer.status;
      };
      t.equal(await neighbours(), 200, 'another tenant has a share of its own');
      leaving.abort();
      t.strictSame(await Promise.all(calls), ['gone', 'gone', 'gone']);
      t.equal(await suppliers(url), 503, 'the service still works for them');
      for (const response of held) response.end('{}');
      await eventually('all is given back', async () => (await suppliers(url)) === 200);
    },
  );

  t.test('an answer that breaks off is never taken for a whole one', async (t) => {
    const breaksOff = (headers: Record<string, string>) =>
      faulty(t, (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', ...headers });
        response.write('{"data":[', () => response.destroy());
      });
    const { url } = await stack.addGateway(t, {
      INVENTORY_URL: await breaksOff({ 'content-length': '100' }),
    });
    const short = await fetch(`${url}/v1/inventory/items`, { headers: key });
    t.equal(short.status, 503, 'a short one was not begun yet');
    t.match(await short.json(), { error: { code: 'SERVICE_UNAVAILABLE' } });

    const other = await stack.addGateway(t, { INVENTORY_URL: await breaksOff({}) });
    const long = await fetch(`${other.url}/v1/inventory/items`, { headers: key });
    await t.rejects(long.text(), 'one of unknown length breaks off, too');
    t.equal(await suppliers(url), 200, 'and the gateway lives on');
  });
});
