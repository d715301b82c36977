import t from 'tap';
import { faulty } from './faulty.ts';
import { signatureOfNow, startGateway } from './setup.ts';

const max = 3;
const limits = { RATE_LIMIT_IP_MAX: String(max), TRUSTED_PROXIES: '127.0.0.1' };

t.test('what nobody signed in for counts for its address, once', async (t) => {
  const refuses = await faulty(t, (_request, response) => response.writeHead(401).end('{"error":{}}'));
  const { url } = await startGateway(t, { ...limits, IDENTITY_URL: refuses });
  const kinds = [
    ['GET', '/openapi.json', 200],
    ['GET', '/docs', 301],
    ['GET', '/docs/js/scalar.js', 200],
    ['GET', '/account/reset-password', 200],
    ['GET', '/v1/inventory/items', 401],
    ['PUT', '/v1/inventory/items', 405],
    ['GET', '/nothing', 404],
    ['HEAD', '/nothing', 404],
    ['POST', '/v1/nothing', 404],
    ['OPTIONS', '/v1/inventory/items', 404],
    ['POST', '/v1/auth/password-resets', 401],
    ['POST', '/v1/auth/passkeys/authentication/options', 401],
  ] as const;
  for (const [at, [method, path, status]] of kinds.entries()) {
    const headers = { 'x-forwarded-for': `203.0.113.${at}` };
    // Each time for another account: only its address has a limit that is reached.
    const call = (turn: number) =>
      fetch(`${url}${path}`, {
        ...{ method, headers, redirect: 'manual' },
        ...(method === 'POST' ? { body: `{"email":"somebody-${turn}@x.example"}` } : {}),
      });
    for (let turn = 0; turn < max; turn++) {
      const answer = await call(turn);
      await answer.body?.cancel();
      t.equal(answer.status, status, `${method} ${path}`);
      t.equal(answer.headers.get('ratelimit-remaining'), String(max - 1 - turn));
    }
    const refused = await call(max);
    t.equal(refused.status, 429, `${method} ${path}`);
    t.match(refused.headers.get('retry-after'), /^[1-9]\d*$/);
    const body = method === 'HEAD' ? null : await refused.json();
    if (body) t.match(body, { error: { code: 'RATE_LIMITED', details: { tier: 'IP' } } });
    t.equal((await fetch(`${url}/health/live`, { headers })).status, 200, 'health is exempt');
  }
});

t.test('a preflight is part of a call that counts by itself', async (t) => {
  const { url } = await startGateway(t, limits);
  for (let turn = 0; turn <= max; turn++) {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' };
    const answer = await fetch(`${url}/v1/inventory/items`, { method: 'OPTIONS', headers });
    t.equal(answer.status, 204);
  }
});

t.test("a provider's mail counts for its address only when its signature is not good", async (t) => {
  let status = 202;
  const mail = await faulty(t, (_request, response) => response.writeHead(status).end('{}'));
  const { url } = await startGateway(t, { ...limits, EMAIL_SCANNING_URL: mail });
  const send = async () => {
    const answer = await fetch(`${url}/v1/mail/inbound/018f0000-0000-7000-8000-000000000000`, {
      ...{
        method: 'POST',
        headers: { 'content-type': 'message/rfc822', 'x-stockade-signature': signatureOfNow() },
        body: 'Subject: Hi\r\n\r\nHello\r\n',
      },
    });
    await answer.body?.cancel();
    return answer.status;
  };
  for (let turn = 0; turn <= max; turn++) t.equal(await send(), 202);
  for (status of [401, 404, 415]) t.equal(await send(), status);
  t.equal(await send(), 429);
});
