import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
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

function connect(t: Test, url: string, timeoutMs = 5_000, settings: Partial<GatewayConfig> = {}) {
  const config = {
    ...Object.fromEntries(
      ['IDENTITY', 'INVENTORY', 'PURCHASING', 'EMAIL_SCANNING', 'AUDIT'].map((name) => [`${name}_URL`, url]),
    ),
    ...{ BREAKER_FAILURES: 5, BREAKER_OPEN_SECONDS: 30, BREAKER_PROBES: 3, RETRY_BUDGET_PERCENT: 20 },
    UPSTREAM_TIMEOUT_MS: timeoutMs,
    ...settings,
  };
  const upstreams = createUpstreams(config as GatewayConfig, {
    signer: createPrincipalSigner(testKeys.privateKey),
  });
  t.teardown(() => upstreams.close());
  const call = (method = 'GET', headers: Record<string, string> = {}) =>
    upstreams.send('inventory', { method, path: '/x', principal: gatewayPrincipal, headers });
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

t.test('a token that is refused is made anew once; then it is no fault of the caller', async (t) => {
  let refusals = 1;
  let asked = 0;
  const refused = { 'x-stockade-principal-refused': 'true' };
  const url = await faulty(t, (_request, response) => {
    asked++;
    if (refusals-- > 0) response.writeHead(401, refused).end('{"error":{}}');
    else response.end('{}');
  });
  const { call, upstreams } = connect(t, url);
  t.match(await call('POST'), { statusCode: 200 }, 'nothing was done yet: so also a change is asked again');
  t.equal(asked, 2);
  refusals = 100;
  await t.rejects(call(), { code: 'SERVICE_UNAVAILABLE', statusCode: 503 });
  t.equal(asked, 4, 'twice, and not for ever');
  t.equal(upstreams.breaker('inventory').state, 'closed');
});

t.test("a service's own 401 is the caller's", async (t) => {
  let asked = 0;
  const url = await faulty(t, (_request, response) => {
    asked++;
    response.writeHead(401).end('{"error":{}}');
  });
  t.match(await connect(t, url).call(), { statusCode: 401 });
  t.equal(asked, 1);
});

t.test('no answer in time is a 504, and five of them open the breaker', async (t) => {
  let asked = 0;
  const url = await faulty(t, () => {
    asked++;
  });
  const { call, upstreams } = connect(t, url, 300);
  for (let at = 0; at < 5; at++) await t.rejects(call('POST'), { code: 'GATEWAY_TIMEOUT', statusCode: 504 });
  t.equal(upstreams.breaker('inventory').state, 'open');
  await t.rejects(call(), { code: 'SERVICE_UNAVAILABLE', statusCode: 503 });
  t.equal(asked, 5, 'refused without asking');
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
    }
    t.equal(upstreams.breaker('inventory').state, state);
  }
});

t.test('the wait for a free connection is part of the time', async (t) => {
  const url = await faulty(t, () => {});
  const { call } = connect(t, url, 5_000);
  const started = performance.now();
  const failures = await Promise.all(
    Array.from({ length: 300 }, () => call('POST').catch((failure) => failure)),
  );
  t.ok(performance.now() - started < 9_800, 'not one after the other');
  const had = (code: string) => failures.filter((failure) => failure.code === code);
  t.equal(had('GATEWAY_TIMEOUT').length, 128);
  t.equal(had('SERVICE_UNAVAILABLE').length, 172, 'the others reached nobody, and are told so');
});

t.test('no free connection in time is our own fullness: a 503, and the breaker stays closed', async (t) => {
  const long = Buffer.alloc(512 * 1024);
  const url = await faulty(t, (request, response) => {
    response.writeHead(200, { 'content-length': request.method === 'GET' ? long.length : 2 });
    response.end(request.method === 'GET' ? long : '{}');
  });
  const { call, upstreams } = connect(t, url, 30_000);
  const change = { method: 'POST', path: '/x', principal: gatewayPrincipal, timeoutMs: 300 };
  const unread = await Promise.all(Array.from({ length: 128 }, () => call()));
  for (let at = 0; at < 2; at++) {
    const calls = [1, 2, 3].map(() => upstreams.send('inventory', change));
    for (const { reason } of (await Promise.allSettled(calls)) as PromiseRejectedResult[])
      t.match(reason, { code: 'SERVICE_UNAVAILABLE', retryAfter: 1 });
  }
  t.equal(upstreams.breaker('inventory').state, 'closed');
  for (const { body } of unread) if (!Buffer.isBuffer(body)) body.destroy();
  t.equal((await call('POST')).statusCode, 200);
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

t.test('a call that may come twice is sent again when its connection broke; no other is', async (t) => {
  let calls = 0;
  const keys: unknown[] = [];
  const url = await faulty(t, (request, response) => {
    calls++;
    keys.push(request.headers['idempotency-key']);
    if (calls % 2 === 1) request.socket.destroy();
    else response.end('{}');
  });
  const { call } = connect(t, url);
  t.equal((await call('GET')).statusCode, 200);
  t.equal(calls, 2);
  t.equal((await call('POST', { 'idempotency-key': 'once' })).statusCode, 200);
  t.strictSame(keys.slice(2), ['once', 'once']);
  for (const method of ['POST', 'PUT', 'DELETE']) {
    calls = 0;
    await t.rejects(call(method), { code: 'SERVICE_UNAVAILABLE' });
    t.equal(calls, 1, method);
  }
});

t.test('a call that is sent again is no call that is sent for ever', async (t) => {
  let calls = 0;
  const url = await faulty(t, (request) => {
    calls++;
    request.socket.destroy();
  });
  const { call } = connect(t, url);
  await t.rejects(call('GET'), { code: 'SERVICE_UNAVAILABLE' });
  t.equal(calls, 3, 'twice more');
});

t.test(
  'retries are a share of the calls: a service in trouble is not asked several times as much',
  async (t) => {
    let calls = 0;
    const url = await faulty(t, (request) => {
      calls++;
      request.socket.destroy();
    });
    const { call } = connect(t, url);
    const asked = 100;
    const turns = Array.from({ length: asked }).values();
    const caller = async () => {
      for (const _ of turns) await call('GET').catch(() => {});
    };
    await Promise.all([caller(), caller(), caller(), caller(), caller()]);
    t.ok(calls <= asked * 1.2 + 10, `${calls} instead of ${asked}`);
    t.ok(calls >= asked * 1.2, 'and that share is made use of');
  },
);

t.test('after its time an open breaker lets some calls try, and closes when they are good', async (t) => {
  let isBroken = true;
  const url = await faulty(t, (_request, response) => {
    setTimeout(() => response.writeHead(isBroken ? 500 : 200).end('{}'), 20);
  });
  const settings = { BREAKER_FAILURES: 2, BREAKER_OPEN_SECONDS: 1 };
  const { call, upstreams } = connect(t, url, 5_000, settings);
  const status = async () => {
    const answer = await call('POST').catch((error) => failedAnswer(error) ?? error);
    return answer.statusCode as number;
  };
  const breaker = upstreams.breaker('inventory');
  t.strictSame([await status(), await status(), await status()], [500, 500, 503]);
  await delay(1_050);
  t.equal(breaker.state, 'half-open');
  t.equal(await status(), 500);
  t.equal(breaker.state, 'open', 'one that fails is enough to open it again');
  isBroken = false;
  await delay(1_050);
  const several = await Promise.all(Array.from({ length: 10 }, status));
  t.equal(several.filter((one) => one === 200).length, 3, 'three may try');
  t.equal(breaker.state, 'closed');
  t.equal(await status(), 200);
});
