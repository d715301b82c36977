import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { until } from '../../demo/http.ts';
import { inside, startPlatform } from './platform.ts';

const { owner } = await startPlatform(t);

/** Stands for what is only reachable from inside; it notes who comes. */
const visits: string[] = [];
const canary = createServer((request, response) => {
  visits.push(`${request.method} ${request.url}`);
  response.end('evil.example\n');
});
await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done));
t.teardown(() => canary.close());
const { port } = canary.address() as AddressInfo;

/** All that leads to this machine, its network or a cloud's secrets. */
const addresses = [
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/`,
  `http://127.1:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f000001:${port}/`,
  `http://0177.0.0.1:${port}/`,
  `http://0.0.0.0:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://[64:ff9b::7f00:1]:${port}/`,
  `http://user:pass@127.0.0.1:${port}/`,
  `http://127.0.0.1.:${port}/`,
  `http://①②⑦.0.0.1:${port}/`,
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://10.0.0.1/',
  'http://192.168.0.1/',
  'http://172.16.0.1/',
  'http://100.64.0.1/',
];

t.test('feeds lead to nothing inside', async (t) => {
  const feeds = await Promise.all(
    addresses.map(async (url, at) => {
      const { status, body } = await owner.call('POST', '/v1/mail/feeds', {
        body: { name: `Inside ${at}`, format: 'domain-list', url },
      });
      t.ok([201, 400, 409].includes(status), `${url}: ${status}`);
      return { url, id: status === 201 ? (body.id as string) : null };
    }),
  );
  const taken = feeds.filter(({ id }) => id !== null);
  t.ok(
    taken.length > 10,
    'most are addresses as any other; where they lead is looked at when they are fetched',
  );
  for (const { url, id } of taken) {
    const feed = await until(
      `${url} was tried`,
      () => owner.get(`/v1/mail/feeds/${id}`),
      (one) => one.lastError !== null || one.lastSuccessAt !== null,
      60_000,
    );
    t.equal(feed.lastSuccessAt, null, url);
    t.ok(feed.lastError, `${url}: ${feed.lastError}`);
    t.notMatch(feed.lastError, inside);
    t.notMatch(feed.lastError, /127\.0\.0\.1|refused|timeout/i, 'nothing is told of the network behind');
    await owner.call('DELETE', `/v1/mail/feeds/${id}`);
  }
  t.strictSame(visits, []);
});

t.test('what is no web address is no feed', async (t) => {
  for (const url of [
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'ftp://127.0.0.1/',
    'data:text/plain,x',
    'javascript:1',
    'dict://127.0.0.1:6379/',
    'http://',
    '//127.0.0.1/',
    'http://a b/',
    'http://127.0.0.1:\r\nX: 1/',
  ])
    t.equal(
      (await owner.call('POST', '/v1/mail/feeds', { body: { name: 'Odd', format: 'url-list', url } })).status,
      400,
      url,
    );
});

t.test('mailboxes lead to nothing inside', async (t) => {
  for (const host of ['127.0.0.1', 'localhost', '169.254.169.254', '::1', '10.0.0.1']) {
    const made = await owner.call('POST', '/v1/mail/sources', {
      body: {
        kind: 'imap',
        name: `Inside ${host}`,
        imap: { host, port, tls: 'none', user: 'u', password: 'p' },
      },
    });
    if (made.status === 400) continue;
    t.equal(made.status, 201, host);
    const source = await until(
      `${host} was tried`,
      () => owner.get(`/v1/mail/sources/${made.body.id}`),
      (one) => one.status.lastError !== null,
      60_000,
    );
    t.match(JSON.stringify(source.status), /not public/, host);
    await owner.call('PATCH', `/v1/mail/sources/${made.body.id}`, { body: { active: false } });
  }
  t.strictSame(visits, []);
});

t.test('a mail with links and pictures is judged without anything in it being asked for', async (t) => {
  const mail = [
    ...[
      'From: a@far.example',
      'To: b@demo.example',
      `Subject: Look ${Date.now()}`,
      'MIME-Version: 1.0',
      'Content-Type: text/html',
      '',
    ],
    `<img src="http://127.0.0.1:${port}/pixel"><a href="http://127.0.0.1:${port}/click">x</a>`,
    `<link rel=stylesheet href="http://127.0.0.1:${port}/style"><iframe src="http://127.0.0.1:${port}/frame"></iframe>`,
  ].join('\r\n');
  const sent = await owner.post('/v1/mail/messages?wait=10000', mail, { 'content-type': 'message/rfc822' });
  await until(
    'it is scanned',
    () => owner.get(`/v1/mail/messages/${sent.id}`),
    (one) => one.status === 'scanned',
    60_000,
  );
  t.strictSame(visits, []);
});
