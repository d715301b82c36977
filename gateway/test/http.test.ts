import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { startGateway } from './setup.ts';

const { url } = await startGateway(t);
const port = Number(new URL(url).port);

/** Speaks HTTP by hand: what no client would send. */
async function speak(head: string): Promise<{ status: number; text: string }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return { status: Number(text.split(' ')[1]), text };
}

const refused: Record<string, [string, number, string]> = {
  'no Host': ['GET /health/live HTTP/1.1', 400, 'VALIDATION_ERROR'],
  'two Hosts': ['GET /health/live HTTP/1.1\r\nHost: a\r\nhOsT: b', 400, 'VALIDATION_ERROR'],
  'a URL that is too long': [`GET /x?${'a'.repeat(9_000)} HTTP/1.1\r\nHost: a`, 414, 'URI_TOO_LONG'],
  'headers that are too large': [
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}`,
    431,
    'HEADERS_TOO_LARGE',
  ],
  'an unknown method': ['PROPFIND /v1/inventory/items HTTP/1.1\r\nHost: a', 404, 'NOT_FOUND'],
  'all of the server': ['OPTIONS * HTTP/1.1\r\nHost: a', 404, 'NOT_FOUND'],
  'a broken URL': ['GET /v1/inventory/items/%zz HTTP/1.1\r\nHost: a', 400, 'VALIDATION_ERROR'],
  'two lengths': [
    'POST /v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked',
    400,
    'VALIDATION_ERROR',
  ],
  'no HTTP': ['HELLO', 400, 'VALIDATION_ERROR'],
};

for (const [what, [head, status, code]] of Object.entries(refused)) {
  t.test(`${what}: refused in the envelope`, async (t) => {
    const answer = await speak(head);
    t.equal(answer.status, status);
    t.match(answer.text, `"code":"${code}","statusCode":${status}`);
    t.match(answer.text, /x-request-id: [\w.-]+/i);
  });
}

t.test('odd, and yet allowed', async (t) => {
  t.equal((await speak('GET /health/live HTTP/1.0')).status, 200, 'HTTP/1.0 needs no Host');
  t.equal((await speak('GET http://elsewhere/health/live HTTP/1.1\r\nHost: a')).status, 200, 'as to a proxy');
  t.match((await speak('GET http://elsewhere/nothing?a=b HTTP/1.1\r\nHost: a')).text, '"path":"/nothing"');
  t.match(
    (await speak('GET http://elsewhere/internal/queues HTTP/1.1\r\nHost: a')).text,
    '"code":"NOT_FOUND"',
  );
  t.equal((await speak('GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: anything')).status, 200);
});

t.test('nothing is kept by caches that others share', async (t) => {
  const cacheControl = async (path: string) => (await fetch(`${url}${path}`)).headers.get('cache-control');
  t.equal(await cacheControl('/v1/inventory/items'), 'no-store');
  t.equal(await cacheControl('/health/live'), 'no-store');
  t.equal(await cacheControl('/openapi.json'), 'private, no-cache');
});

t.test('HSTS is told under TLS alone, and only a trusted proxy says that there is TLS', async (t) => {
  const hsts = async (at: string) =>
    (await fetch(`${at}/health/live`, { headers: { 'x-forwarded-proto': 'https' } })).headers.get(
      'strict-transport-security',
    );
  t.equal(await hsts(url), null);
  const behind = await startGateway(t, { TRUSTED_PROXIES: '127.0.0.1' });
  t.equal(await hsts(behind.url), 'max-age=31536000; includeSubDomains');
});

t.test('before its services and its database can be reached it is alive and not ready', async (t) => {
  t.equal((await fetch(`${url}/health/live`)).status, 200);
  const ready = await fetch(`${url}/health/ready`);
  t.equal(ready.status, 503);
  t.equal(ready.headers.get('retry-after'), '1');
  t.match(await ready.json(), { status: 'starting', services: { inventory: 'down' } });
});

t.test('a credential that nobody can be asked about is a 503', async (t) => {
  const answer = await fetch(`${url}/v1/inventory/items`, {
    headers: { authorization: 'Bearer stk_live_x' },
  });
  t.equal(answer.status, 503);
  t.match(answer.headers.get('retry-after'), /^[1-9]/);
  t.match(await answer.json(), { error: { code: 'SERVICE_UNAVAILABLE' } });
});

t.test('a connection that was never used does not keep it from closing', async (t) => {
  const ends: (() => unknown)[] = [];
  const { url } = await startGateway({ teardown: (end) => ends.push(end) });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  t.teardown(() => socket.destroy());
  const ended = once(socket, 'close');
  await once(socket, 'connect');
  await fetch(`${url}/health/live`);
  const started = performance.now();
  await Promise.all(ends.map((end) => end()));
  await ended;
  t.ok(performance.now() - started < 2_000);
});
