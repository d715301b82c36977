import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import t from 'tap';
import { request } from 'undici';
import { deprecationOf, readDeprecations } from '../src/plugins/api-versions.ts';
import { startGateway, startSharedStack } from './setup.ts';

t.test('what is going away', async (t) => {
  const [lots, all] = readDeprecations([
    '/v1/inventory/lots 2027-01-31 2027-07-31 https://docs.example/lots',
    '/v1/inventory 2027-02-28',
  ]);
  t.match(lots, { sunset: new Date('2027-07-31T00:00:00Z'), link: 'https://docs.example/lots' });
  t.match(all, { path: '/v1/inventory', since: new Date('2027-02-28T00:00:00Z'), sunset: null, link: null });
  const found = (url: string) => deprecationOf(url, [all as never, lots as never])?.path;
  t.equal(found('/v1/inventory/lots?limit=1'), '/v1/inventory/lots', 'the most exact one');
  t.equal(found('/v1/inventory/lots/7'), '/v1/inventory/lots');
  t.equal(found('/v1/inventory/lotsof'), '/v1/inventory');
  t.equal(found('/v1/purchasing/suppliers'), undefined);
  t.throws(() => readDeprecations(['/v1/inventory/lots soon']), /"soon".*is no date/);
  t.throws(() => readDeprecations(['/v1/inventory/lots 2027-02-30x']), /is no date/);
  t.throws(() => readDeprecations(['inventory 2027-01-31']), /path below \/v1/);
});

t.test('versions', async (t) => {
  const { url } = await startGateway(t, {
    DEPRECATIONS: '/v1/inventory/lots 2027-01-31 2027-07-31 https://docs.example/lots',
  });
  for (const path of ['/v2/inventory/items', '/v2', '/v0/x?y=1', '/V17']) {
    const answer = await fetch(`${url}${path}`);
    t.equal(answer.status, 404, path);
    t.match(await answer.json(), { error: { code: 'NOT_FOUND', details: { versions: ['v1'] } } });
  }
  t.match(await (await fetch(`${url}/v1nothing`)).json(), {
    error: { code: 'NOT_FOUND', details: undefined },
  });
  const { headers } = await fetch(`${url}/v1/inventory/lots`);
  t.equal(headers.get('deprecation'), `@${Date.UTC(2027, 0, 31) / 1_000}`);
  t.equal(headers.get('sunset'), 'Sat, 31 Jul 2027 00:00:00 GMT');
  t.equal(headers.get('link'), '<https://docs.example/lots>; rel="deprecation"');
  t.equal((await fetch(`${url}/v1/inventory/items`)).headers.get('deprecation'), null);
});

t.test('answers are compressed for who can read them so', async (t) => {
  const stack = await startSharedStack(t);
  const authorization = `Bearer ${stack.credentials.apiKey}`;
  const get = async (path: string, encoding: string) => {
    const { headers, body, statusCode } = await request(`${stack.url}${path}`, {
      headers: { authorization, 'accept-encoding': encoding },
    });
    return { statusCode, headers, bytes: Buffer.from(await body.arrayBuffer()) };
  };
  const plain = await get('/v1/audit/entries?limit=5', 'identity');
  t.equal(plain.headers['content-encoding'], undefined);
  t.ok(plain.bytes.length > 1_024);
  for (const [accepted, encoding, unpack] of [
    ['gzip', 'gzip', gunzipSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip;q=1, *;q=0', 'gzip', gunzipSync],
  ] as const) {
    const answer = await get('/v1/audit/entries?limit=5', accepted);
    t.equal(answer.headers['content-encoding'], encoding, accepted);
    t.match(answer.headers.vary, /accept-encoding/i);
    t.ok(answer.bytes.length < plain.bytes.length / 2);
    t.equal(unpack(answer.bytes).toString(), plain.bytes.toString());
  }
  t.equal((await get('/openapi.json', 'br')).headers['content-encoding'], 'br');
  const short = await get('/v1/identity/tenant', 'br');
  t.equal(short.statusCode, 200);
  t.equal(short.headers['content-encoding'], undefined, 'not what is short');
  t.equal(Number(short.headers['content-length']), short.bytes.length);

  const { email, password } = stack.credentials;
  const login = await request(`${stack.url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-encoding': 'br' },
    body: JSON.stringify({ email, password }),
  });
  t.equal(login.statusCode, 200);
  t.equal(login.headers['content-encoding'], undefined, 'nothing beside a secret');
  await login.body.dump();

  const packed = await fetch(`${stack.url}/v1/inventory/sites`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync('{"code":"BOMB","name":"Bomb"}'),
  });
  t.equal(packed.status, 415, 'what comes in compressed is not unpacked');
  t.match(await packed.json(), { error: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
});
