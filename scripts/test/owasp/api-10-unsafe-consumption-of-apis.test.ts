import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { until } from '../../demo/http.ts';
import { inside, request, startPlatform } from './platform.ts';

// What others answer and send is believed no more than what callers do. The feeds' server is on this machine here.
const { url, owner } = await startPlatform(t, { FEEDS_ALLOW_PRIVATE: 'true' });

let answer: RequestListener = (_request, response) => response.end();
const server = createServer((request, response) => answer(request, response));
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
t.teardown(() => {
  server.closeAllConnections();
  server.close();
});
const feedUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const text = { 'content-type': 'text/plain' };

/** What a feed's server may do, and none of it may harm. */
const misbehaving: Record<string, RequestListener> = {
  'an error': (_request, response) => response.writeHead(500, text).end('select * from users'),
  'a web page': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  'a circle of redirects': (_request, response) => response.writeHead(302, { location: feedUrl }).end(),
  'a redirect to a file': (_request, response) =>
    response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  'half an answer': (_request, response) => {
    response.writeHead(200, { ...text, 'content-length': '1000' });
    response.write('evil.example\n', () => response.destroy());
  },
  'what is no list': (_request, response) => response.writeHead(200, text).end(Buffer.alloc(5_000, 0xff)),
  'a compression that was not asked for': (_request, response) =>
    response.writeHead(200, { ...text, 'content-encoding': 'br' }).end('x'),
  'a broken compression': (_request, response) =>
    response.writeHead(200, { ...text, 'content-encoding': 'gzip' }).end('evil.example'),
  'more than a feed may hold, packed small': (_request, response) =>
    response
      .writeHead(200, { ...text, 'content-encoding': 'gzip' })
      .end(gzipSync(Buffer.alloc(80 * 1024 * 1024, 'a'))),
  'nothing at all': (request) => request.socket.destroy(),
  'nothing of what was there': (_request, response) => response.writeHead(200, text).end(''),
};

t.test('a feed that misbehaves changes nothing, and says so in a sentence', async (t) => {
  answer = (_request, response) => response.writeHead(200, text).end('evil.example\nworse.example\n');
  const { id } = await owner.post('/v1/mail/feeds', {
    name: 'Feed',
    format: 'domain-list',
    url: feedUrl,
    intervalMinutes: 10_080,
  });
  const settled = () =>
    until(
      'the feed was fetched',
      () => owner.get(`/v1/mail/feeds/${id}`),
      (feed) => !feed.refreshing && feed.lastAttemptAt !== null,
      60_000,
    );
  t.match(await settled(), { indicators: 2, lastError: null });
  for (const [what, listener] of Object.entries(misbehaving)) {
    answer = listener;
    await owner.post(`/v1/mail/feeds/${id}/refresh`);
    const feed = await settled();
    t.equal(feed.indicators, 2, `${what}: what was there is still in use`);
    t.match(feed.lastError, /^[A-Z].*\.$/, `${what}: ${feed.lastError}`);
    t.notMatch(feed.lastError, inside);
  }
  answer = (_request, response) =>
    response.writeHead(200, text).end('evil.example\nworse.example\nthird.example\n');
  await owner.post(`/v1/mail/feeds/${id}/refresh`);
  t.match(await settled(), { indicators: 3, lastError: null }, 'and when it behaves again it is taken');
});

t.test("a provider's webhook is believed for its signature alone", async (t) => {
  const { id, secret } = await owner.post('/v1/mail/sources', {
    kind: 'webhook',
    name: 'Provider',
    webhook: { format: 'raw' },
  });
  const mail = `From: a@far.example\r\nSubject: Signed ${Date.now()}\r\n\r\nx\r\n`;
  const send = (headers: Record<string, string>, body = mail) =>
    request(`${url}/v1/mail/inbound/${id}`, 'POST', { 'content-type': 'message/rfc822', ...headers }, body);
  const now = Math.floor(Date.now() / 1_000);
  const forged = createHmac('sha256', 'not the secret').update(`${now}.${mail}`).digest('hex');
  for (const signature of [
    '',
    'x',
    `t=${now}`,
    `t=${now},v1=`,
    `t=${now},v1=${forged}`,
    `v1=${forged}`,
    `t=${now},v1=${'0'.repeat(64)}`,
    `t=${now + 86_400},v1=${forged}`,
    `t=0,v1=${forged}`,
  ]) {
    const refused = await send({ 'x-stockade-signature': signature });
    t.equal(refused.status, 401, signature.slice(0, 40));
    t.notOk(refused.text.includes(secret));
  }
  t.equal((await send({})).status, 401, 'none');
  t.equal((await send({ authorization: `Bearer ${secret}` })).status, 401, 'its secret is no credential');
});

t.test('a mail that lies about who checked it is not believed', async (t) => {
  const mail = [
    ...[
      'Authentication-Results: demo.example; spf=pass; dkim=pass; dmarc=pass',
      'X-Spam-Status: No',
      'X-Stockade-Verdict: clean',
    ],
    ...[
      'Received-SPF: pass',
      'From: ceo@demo.example',
      'To: b@demo.example',
      `Subject: Checked ${Date.now()}`,
      '',
      'Pay this now.',
      '',
    ],
  ].join('\r\n');
  const sent = await owner.post('/v1/mail/messages', mail, { 'content-type': 'message/rfc822' });
  const judged = await until(
    'it is judged',
    () => owner.get(`/v1/mail/messages/${sent.id}`),
    ({ status }) => status === 'scanned',
    60_000,
  );
  t.notMatch(JSON.stringify(judged.authentication ?? {}), /"(spf|dkim|dmarc)":"pass"/);
});
