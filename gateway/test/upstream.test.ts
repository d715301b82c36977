import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { createPrincipalSigner, createPrincipalVerifier } from '@stockade/service-kit/principal';
import { testKeys } from '@stockade/testing';
import t from 'tap';
import { gatewayPrincipal } from '../src/auth/authenticator.ts';
import type { GatewayConfig } from '../src/config.ts';
import { createUpstreams, failedAnswer } from '../src/upstream/upstreams.ts';

type Test = { teardown(close: () => unknown): void };

async function listen(t: Test, server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The network's misbehaviour, where a service should answer: what our side makes of it is what is tested. */
const faulty = (t: Test, answer: RequestListener) => listen(t, createServer(answer));

function connect(t: Test, url: string, timeoutMs = 5_000) {
  const config = {
    ...Object.fromEntries(
      ['IDENTITY', 'INVENTORY', 'PURCHASING', 'EMAIL_SCANNING', 'AUDIT'].map((name) => [`${name}_URL`, url]),
    ),
    UPSTREAM_TIMEOUT_MS: timeoutMs,
  };
  const upstreams = createUpstreams(config as GatewayConfig, createPrincipalSigner(testKeys.privateKey));
  t.teardown(() => upstreams.close());
  const call = (method = 'GET') =>
    upstreams.send('inventory', { method, path: '/x', principal: gatewayPrincipal });
  return { upstreams, call };
}

t.test('a call carries a principal that its service alone accepts', async (t) => {
  let token = '';
  const url = await faulty(t, (request, response) => {
    token = String(request.headers['x-stockade-principal']);
    response.end('{}');
  });
  await connect(t, url).call();
  t.match(await createPrincipalVerifier(testKeys.publicKey, 'inventory').verify(token), { type: 'gateway' });
  t.equal(await createPrincipalVerifier(testKeys.publicKey, 'purchasing').verify(token), null);
});

t.test('no answer in time is a 504, and five of them open the breaker', async (t) => {
  const url = await faulty(t, () => {});
  const { call, upstreams } = connect(t, url, 300);
  for (let at = 0; at < 5; at++) await t.rejects(call('POST'), { code: 'GATEWAY_TIMEOUT', statusCode: 504 });
  t.equal(upstreams.breaker('inventory').state, 'open');
  const started = performance.now();
  await t.rejects(call(), { code: 'SERVICE_UNAVAILABLE', statusCode: 503 });
  t.ok(performance.now() - started < 250, 'refused at once');
  const error = await call().catch((failure) => failure);
  t.ok(error.retryAfter > 20 && error.retryAfter <= 30, 'and says when to come again');
  t.equal(upstreams.breaker('audit').state, 'closed', 'the others go on');
});

t.test("a service's own 5xx is handed on, and counts", async (t) => {
  const url = await faulty(t, (_request, response) => response.writeHead(500).end('{"error":{}}'));
  const { call, upstreams } = connect(t, url);
  for (let at = 0; at < 5; at++) {
    const answer = await call('POST').catch(failedAnswer);
    t.equal(answer?.statusCode, 500);
    await answer?.body.text();
  }
  t.equal(upstreams.breaker('inventory').state, 'open');
});

t.test('a 503 that says when to come again is no failure; one that does not is', async (t) => {
  for (const [headers, state] of [
    [{ 'retry-after': '1' }, 'closed'],
    [{}, 'open'],
  ] as const) {
    const url = await faulty(t, (_request, response) => response.writeHead(503, headers).end('{}'));
    const { call, upstreams } = connect(t, url);
    for (let at = 0; at < 5; at++) {
      const answer = await call('POST').catch(failedAnswer);
      t.equal(answer?.statusCode, 503, 'handed on');
      await answer?.body.text();
    }
    t.equal(upstreams.breaker('inventory').state, state);
  }
});

t.test('the wait for a free connection is part of the time', async (t) => {
  const url = await faulty(t, () => {});
  const { call } = connect(t, url, 2_000);
  const started = performance.now();
  const failures = await Promise.all(
    Array.from({ length: 300 }, () => call('POST').catch((failure) => failure)),
  );
  t.ok(performance.now() - started < 3_900, 'not one after the other');
  t.ok(failures.every(({ code }) => code === 'GATEWAY_TIMEOUT'));
});

t.test('what the gateway itself asks for: a 5xx is a 503', async (t) => {
  const url = await faulty(t, (_request, response) => response.writeHead(500).end('not even JSON'));
  const { upstreams } = connect(t, url);
  const question = { method: 'GET', path: '/x', principal: gatewayPrincipal };
  await t.rejects(upstreams.json('inventory', question), { code: 'SERVICE_UNAVAILABLE', retryAfter: 1 });
});

t.test('4xx are answers like any other', async (t) => {
  const url = await faulty(t, (_request, response) => response.writeHead(409).end('{}'));
  const { call, upstreams } = connect(t, url);
  for (let at = 0; at < 10; at++) t.equal((await call('POST')).statusCode, 409);
  t.equal(upstreams.breaker('inventory').state, 'closed');
});

t.test('a refused connection fails fast, is tried each time, and opens nothing', async (t) => {
  const gone = createTcpServer();
  const url = await listen(t, gone);
  gone.close();
  const { call, upstreams } = connect(t, url);
  for (let at = 0; at < 10; at++) {
    const error = await call('POST').catch((failure) => failure);
    t.match(error, { code: 'SERVICE_UNAVAILABLE', retryAfter: 1 });
  }
  t.equal(upstreams.breaker('inventory').state, 'closed');
});

t.test('a read whose connection broke is asked once more, a change never', async (t) => {
  let calls = 0;
  const url = await faulty(t, (request, response) => {
    calls++;
    if (calls % 2 === 1) request.socket.destroy();
    else response.end('{}');
  });
  const { call } = connect(t, url);
  t.equal((await call('GET')).statusCode, 200);
  t.equal(calls, 2);
  await t.rejects(call('POST'), { code: 'SERVICE_UNAVAILABLE' });
  t.equal(calls, 3);
});
