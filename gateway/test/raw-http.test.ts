import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';

const stack = await startStack(t);
const { url } = stack;
const { port, host } = new URL(url);
const key = `Authorization: Bearer ${stack.credentials.apiKey}`;

async function open(): Promise<Socket> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function all(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk.toString('latin1');
  return text;
}

/** Sends bytes by hand and gives all that comes back until the connection ends. */
async function speak(bytes: string | Buffer): Promise<{ statuses: number[]; text: string }> {
  const socket = await open();
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  socket.setTimeout(5_000, () => socket.destroy());
  const text = await all(socket).catch(() => '');
  return { statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)), text };
}

const site = (code: string) => `{"code":"${code}","name":"Smuggled"}`;
const post = (headers: string, body: string, path = '/v1/inventory/sites') =>
  `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${key}\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
const smuggled = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nX-Smuggled: yes\r\n\r\n`;
const length = (text: string) => `Content-Length: ${text.length}`;
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

/** Messages of which two readers could take another part for the end. */
const ambiguous: Record<string, string> = {
  'a length and chunks': post(`${length(smuggled)}\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${smuggled}`),
  'chunks and a length': post(`Transfer-Encoding: chunked\r\nContent-Length: 4`, `0\r\n\r\n${smuggled}`),
  'two lengths': post(`Content-Length: 2\r\nContent-Length: ${smuggled.length + 2}`, `{}${smuggled}`),
  'two lengths that are the same': post('Content-Length: 2\r\nContent-Length: 2', '{}'),
  'a list of lengths': post('Content-Length: 2, 2', '{}'),
  'a length with a sign': post('Content-Length: +2', '{}'),
  'a negative length': post('Content-Length: -2', '{}'),
  'a length in hex': post('Content-Length: 0x2', '{}'),
  'a length that is too great for any number': post(`Content-Length: ${'9'.repeat(30)}`, '{}'),
  'chunks twice': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', chunked('{}')),
  'chunks, then something': post('Transfer-Encoding: chunked, identity', chunked('{}')),
  'chunks by another name': post('Transfer-Encoding: xchunked', chunked('{}')),
  'chunks behind a vertical tab': post('Transfer-Encoding: \x0bchunked', chunked('{}')),
  'a blank before the colon': post('Transfer-Encoding : chunked', chunked('{}')),
  'a line that goes on': post('X-Long: a\r\n b: c\r\nTransfer-Encoding:\r\n chunked', chunked('{}')),
  'a chunk with a sign': post('Transfer-Encoding: chunked', '+2\r\n{}\r\n0\r\n\r\n'),
  'a chunk in 0x': post('Transfer-Encoding: chunked', '0x2\r\n{}\r\n0\r\n\r\n'),
  'a chunk whose end is missing': post('Transfer-Encoding: chunked', `2\r\n{}x${smuggled}`),
  'lines that end in LF alone': `GET /health/live HTTP/1.1\nHost: ${host}\n\n`,
  'a CR in the middle': post(`X-A: b\rTransfer-Encoding: chunked\r\n${length('{}')}`, '{}'),
  'a NUL in a header': post(`X-A: b\0c\r\n${length('{}')}`, '{}'),
  'a header without a name': post(`: x\r\n${length('{}')}`, '{}'),
  'a name with a blank in it': post(`X A: x\r\n${length('{}')}`, '{}'),
};

for (const [what, bytes] of Object.entries(ambiguous)) {
  t.test(`smuggling, ${what}: refused in the envelope, and nothing behind it is read`, async (t) => {
    const { statuses, text } = await speak(bytes);
    t.equal(statuses.length, 1, `one answer: ${statuses.join()}`);
    t.ok([400, 413].includes(statuses[0] ?? 0), `${statuses[0]}`);
    t.match(text, /"code":"[A-Z_]+","statusCode":4\d\d/);
    t.notMatch(text, /"status":"ok"/, 'the second was not answered');
  });
}

t.test('two calls in one go are two, each with its own body', async (t) => {
  const [first, second] = [site(`PIPE${Date.now() % 1e6}`), '{}'];
  const { statuses } = await speak(
    `${post(length(first), first)}${post(`${length(second)}\r\nConnection: close`, second)}`,
  );
  t.strictSame(statuses, [201, 400]);
});

t.test('headers that count may stand once', async (t) => {
  const get = (headers: string) =>
    speak(`GET /v1/inventory/sites HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\nConnection: close\r\n\r\n`);
  t.strictSame((await get(`${key}\r\nHost: evil.example`)).statuses, [400]);
  // Of two credentials the first counts, wherever it stands; the second is never another way in.
  t.strictSame((await get(`Authorization: Bearer stk_live_none\r\n${key}`)).statuses, [401]);
  t.strictSame((await get(`${key}\r\nAuthorization: Bearer stk_live_none`)).statuses, [200]);
  for (const name of ['X-Stockade-Principal', 'x-stockade-client-ip', 'X-Stockade-Revoked'])
    t.strictSame(
      (await get(`${key}\r\n${name}: x\r\n${name}: y`)).statuses,
      [200],
      `${name} is nothing to us`,
    );
});

t.test('JSON that two readers could read in two ways', async (t) => {
  const bodies: Record<string, string | Buffer> = {
    'a key twice': '{"code":"TWICE","name":"a","name":"b"}',
    'a key twice, once escaped': '{"code":"TWICE","name":"a","na\\u006de":"b"}',
    'a key twice, deep inside': '{"code":"TWICE","name":"a","x":{"y":[{"z":1,"z":2}]}}',
    __proto__: '{"code":"PROTO","name":"a","__proto__":{"admin":true}}',
    'an escaped __proto__': '{"code":"PROTO","name":"a","\\u005f_proto__":{"admin":true}}',
    'constructor.prototype': '{"code":"PROTO","name":"a","constructor":{"prototype":{"admin":true}}}',
    'a NUL': '{"code":"NUL","name":"a\\u0000b"}',
    'half a surrogate pair': '{"code":"HALF","name":"\\ud800"}',
    'half a surrogate pair in a key': '{"code":"HALF","name":"a","\\udfff":1}',
    'a comment': '{"code":"C","name":"a"/*x*/}',
    'a trailing comma': '{"code":"C","name":"a",}',
    'single quotes': "{'code':'C','name':'a'}",
    NaN: '{"code":"C","name":NaN}',
    'two values': '{"code":"C","name":"a"}{"code":"D","name":"a"}',
    'UTF-16': Buffer.from('{"code":"U16","name":"a"}', 'utf16le'),
    'overlong UTF-8': Buffer.from('7b22636f6465223a22c0af227d', 'hex'),
  };
  for (const [what, body] of Object.entries(bodies)) {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const head = Buffer.from(post(`Content-Length: ${bytes.length}\r\nConnection: close`, ''));
    const { statuses, text } = await speak(Buffer.concat([head, bytes]));
    t.strictSame(statuses, [400], what);
    t.match(text, /"code":"(MALFORMED_BODY|VALIDATION_ERROR)"/, what);
  }
  t.equal(({} as Record<string, unknown>).admin, undefined, 'and no object has what one brought');
});

t.test('what a body says it is: nothing but JSON is read as JSON', async (t) => {
  const send = (type: string | null, body = site('TYPE')) =>
    speak(
      `POST /v1/inventory/sites HTTP/1.1\r\nHost: ${host}\r\n${key}\r\n${type === null ? '' : `Content-Type: ${type}\r\n`}${length(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  for (const type of [
    'text/plain',
    'text/json',
    'application/json5',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data; boundary=x',
    'application/xml',
    'text/plain; application/json',
    'x',
    ';',
    'application/json, text/plain',
    '*/*',
  ])
    t.strictSame((await send(type)).statuses, [415], type);
  t.strictSame((await send(null)).statuses, [415], 'nothing');
  for (const type of ['application/json; charset=utf-16', 'application/json; charset=utf-7'])
    t.ok(
      [201, 400, 409, 415].includes((await send(type, site('UTF'))).statuses[0] ?? 0),
      `${type} is read as UTF-8 or not at all`,
    );
});

t.test('URLs beyond any use', async (t) => {
  const get = (target: string) =>
    speak(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${key}\r\nConnection: close\r\n\r\n`);
  t.strictSame((await get(`/v1/inventory/items?search=${'a'.repeat(8_200)}`)).statuses, [414]);
  t.ok([414, 431].includes((await get(`/${'a'.repeat(100_000)}`)).statuses[0] ?? 0));
  for (const target of [
    '/v1/inventory/items/%00',
    '/v1/inventory/items?search=%00',
    '/v1/inventory/items/%c0%af',
    '/v1/inventory/items?search=%ed%a0%80',
    '/%',
    '/v1/inventory/items/%u0041',
    '/v1/inventory/items?search=%',
  ])
    t.ok([400, 404].includes((await get(target)).statuses[0] ?? 0), target);
  for (const target of ['*', 'evil.example:80', 'http://', 'javascript:alert(1)', '\\\\evil\\x'])
    t.ok([400, 404].includes((await get(target)).statuses[0] ?? 0), target);
});

t.test('slow callers are told that it took too long, and hold nobody up', { timeout: 120_000 }, async (t) => {
  const started = performance.now();
  const slow = await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      const socket = await open();
      socket.write(`GET /health/live HTTP/1.1\r\nHost: ${host}\r\n`);
      const drip = setInterval(() => socket.write(`X-${at}: a\r\n`), 2_000);
      return all(socket).finally(() => clearInterval(drip));
    }).concat(
      // Headers at once, and then a body that never comes to an end.
      Array.from({ length: 10 }, async () => {
        const socket = await open();
        socket.write(post('Content-Length: 1000', '{'));
        const drip = setInterval(() => socket.write(' '), 2_000);
        return all(socket).finally(() => clearInterval(drip));
      }),
      [
        delay(5_000).then(async () => {
          const before = performance.now();
          const answer = await fetch(`${url}/health/live`);
          t.equal(answer.status, 200);
          t.ok(performance.now() - before < 3_000, 'others are answered meanwhile');
          return '';
        }),
      ],
    ),
  );
  t.ok(performance.now() - started < 90_000);
  for (const text of slow.slice(0, 60)) t.match(text, /^HTTP\/1\.1 408 .*"code":"REQUEST_TIMEOUT"/s);
});
