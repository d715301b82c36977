import { readdir } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import t from 'tap';
import { zip } from '../../../services/email-scanning/test/imports/files.ts';
import { until } from '../../demo/http.ts';
import { inside, request, startPlatform } from './platform.ts';

// Files are taken for what they are, not for what they are called.
const { url, key, owner, stack } = await startPlatform(t);
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const program = Buffer.concat([
  Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
  Buffer.alloc(4_096, 1),
]);
const message = 'From: a@far.example\r\nSubject: In a zip\r\n\r\nHello\r\n';

const send = (path: string, type: string, body: Uint8Array | string) =>
  request(`${url}${path}`, 'POST', { ...key, 'content-type': type }, body);

async function imported(type: string, body: Uint8Array | string) {
  const sent = await send('/v1/mail/imports', type, body);
  if (sent.status !== 202) return { ...sent.body.error, status: sent.status };
  return until(
    'it is worked off',
    () => owner.get(`/v1/mail/imports/${sent.body.id}`),
    ({ status }) => ['completed', 'failed'].includes(status),
    60_000,
  );
}

t.test('mail imports: the content decides', async (t) => {
  for (const [what, body] of [
    ['a picture', png],
    ['a program', program],
    ['a zip', zip([{ name: 'a.eml', content: message }])],
  ] as const) {
    t.match(
      await imported('application/mbox', body),
      { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
      `${what} called an mbox`,
    );
    const called = await imported('application/zip', body);
    if (what === 'a zip') t.match(called, { status: 'completed', accepted: 1 });
    else t.match(called, { status: 'failed', failure: /zip/ }, `${what} called a zip`);
  }
  t.match(
    await imported('application/zip', `From x\n${message}`),
    { status: 'failed', failure: /zip/ },
    'an mbox called a zip',
  );
  for (const type of ['application/octet-stream', 'application/x-tar', 'application/gzip', 'text/csv'])
    t.equal((await send('/v1/mail/imports', type, message)).status, 415, type);
});

t.test('an archive leads nowhere and grows to nothing beyond its bounds', async (t) => {
  const before = (await readdir('/tmp')).length;
  const names = [
    '../../../../tmp/owasp-escaped.eml',
    '/tmp/owasp-escaped.eml',
    '..\\..\\owasp-escaped.eml',
    'a/\u0000b.eml',
    'C:\\owasp-escaped.eml',
  ];
  const escaped = await imported(
    'application/zip',
    zip(names.map((name, at) => ({ name, content: `${message}${at}` }))),
  );
  t.ok(['completed', 'failed'].includes(escaped.status));
  t.notOk(
    (await readdir('/tmp')).some((name) => name.includes('owasp-escaped')),
    'nothing is written where a name says',
  );
  t.ok((await readdir('/tmp')).length <= before + 20);
  const bomb = zip([{ name: 'bomb.eml', content: Buffer.alloc(60 * 1024 * 1024, 65).toString() }]);
  t.ok(bomb.length < 1024 * 1024, `${bomb.length} bytes hold 60 MiB`);
  const grown = await imported('application/zip', bomb);
  t.match(grown, { accepted: 0 });
  t.match(grown.failure ?? grown.refusals?.[0]?.reason, /larger|too large|damaged|grows|many/i);
  t.match(await imported('application/zip', zip([{ name: 'nested.zip', content: 'PK\u0003\u0004' }])), {
    accepted: 0,
  });
  t.notMatch(JSON.stringify(grown), inside);
});

t.test('CSV: what is no text in UTF-8 is none, whatever it is called', async (t) => {
  for (const [what, body] of [
    ['a picture', png],
    ['a program', program],
    ['UTF-16', Buffer.from('sku,name,unit\nA,B,each\n', 'utf16le')],
    ['a zip', deflateRawSync('sku,name,unit')],
  ] as const) {
    const sent = await send('/v1/inventory/imports?kind=items', 'text/csv', body);
    t.equal(sent.status, 202);
    const done = await until(
      `${what} was read`,
      () => owner.get(`/v1/inventory/imports/${sent.body.id}`),
      ({ status }) => ['completed', 'failed'].includes(status),
    );
    t.equal(done.status, 'failed', what);
    t.notMatch(JSON.stringify(done), inside);
  }
  for (const type of ['application/vnd.ms-excel', 'application/json', 'text/plain'])
    t.equal((await send('/v1/inventory/imports?kind=items', type, 'sku,name,unit\n')).status, 415, type);
});

t.test('CSV: a formula that comes in goes out as a text', async (t) => {
  const names = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '=cmd|calc!A1'];
  for (const [at, name] of names.entries())
    await owner.post('/v1/inventory/items', { sku: `FORM-${at}`, name, unit: 'each' });
  const made = await owner.post('/v1/inventory/exports', { kind: 'items' });
  await until(
    'the export',
    () => owner.get(`/v1/inventory/exports/${made.id}`),
    ({ status }) => status === 'completed',
  );
  const { text } = await request(`${url}/v1/inventory/exports/${made.id}/content`, 'GET', key);
  for (const name of names)
    t.notMatch(text, new RegExp(`(^|,)"?${name.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}`, 'm'), name);
});

t.test('an attachment is judged by what is in it', async (t) => {
  const mail = [
    ...['From: a@far.example', 'To: b@demo.example', `Subject: Invoice ${Date.now()}`, 'MIME-Version: 1.0'],
    ...[
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain',
      '',
      'See the invoice.',
      '--x',
    ],
    ...[
      'Content-Type: application/pdf; name="invoice.pdf"',
      'Content-Disposition: attachment; filename="invoice.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
    ],
    ...[program.toString('base64').replace(/.{76}/g, '$&\r\n'), '--x--', ''],
  ].join('\r\n');
  const sent = await owner.post('/v1/mail/messages', mail, { 'content-type': 'message/rfc822' });
  const judged = await until(
    'it is judged',
    () => owner.get(`/v1/mail/messages/${sent.id}`),
    ({ status }) => status === 'scanned',
    60_000,
  );
  t.not(judged.verdict, 'clean', 'a program that calls itself a PDF');
  t.match(JSON.stringify(judged.findings), /invoice\.pdf/);
  const raw = await request(`${url}/v1/mail/messages/${sent.id}/raw`, 'GET', key);
  t.match(
    raw.headers.get('content-disposition'),
    /^attachment; filename="[\w.-]+"$/,
    'with a name of our own',
  );
});

t.test('feeds: what is no list is none, and what was there stays', async (t) => {
  const feed = await owner.post('/v1/mail/feeds', { name: 'Uploaded', format: 'domain-list' });
  const upload = async (body: Uint8Array | string) => {
    const { status } = await send(`/v1/mail/feeds/${feed.id}/upload`, 'text/plain', body);
    t.equal(status, 202);
    return until(
      'it is taken in',
      () => owner.get(`/v1/mail/feeds/${feed.id}`),
      ({ refreshing }) => !refreshing,
      60_000,
    );
  };
  t.match(await upload('evil.example\nworse.example\n'), { indicators: 2 });
  for (const body of [png, program, '<html><body>Sign in</body></html>'])
    t.match(await upload(body), { indicators: 2, lastError: /./ });
  t.equal(stack.url, url);
});
