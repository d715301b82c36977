import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { eventually } from '@stockade/testing';
import { makeCertificate } from '@stockade/testing/certificate';
import { createTransport } from 'nodemailer';
import t from 'tap';
import { startSmtp } from '../../src/smtp/server.ts';
import { letter, settings, start, storageOf } from '../service.ts';
import { freshDomain } from '../sources/samples.ts';
import { startS3 } from '../storage/s3-server.ts';
import { RawClient } from './client.ts';

const folder = await mkdtemp(join(tmpdir(), 'stockade-smtp-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
const made = makeCertificate();
await writeFile(cert, made.cert);
await writeFile(key, made.key);

const s3 = await startS3();
const service = await start(t);
const config = settings({
  ...{ MAIL_STORE_URL: s3.url, SMTP_TLS_CERT: cert, SMTP_TLS_KEY: key, SMTP_NAME: 'mx.example' },
  ...{ SMTP_MAX_CONNECTIONS: 12, SMTP_MAX_CONNECTIONS_PER_IP: 8 },
});
const { raws } = storageOf(config);
const smtp = await startSmtp({ service: service.service, raws, settings: config });
t.teardown(async () => {
  await smtp.close();
  await s3.stop();
});

const owner = service.as('owner');
const domain = freshDomain();
const makeSource = (smtp: object, caller = owner) =>
  caller.post('/v1/mail/sources', { kind: 'smtp', name: 'Journal', smtp });
const source = (await makeSource({ domains: [domain] })).body;

const countMessages = async (tenantId = service.tenantId) =>
  (await service.query('select 1 from messages where tenant_id = $1', [tenantId])).length;

interface Sent {
  code?: number;
  response?: string;
}

/** Sends with a common client; gives its answer or its error. */
async function send(to: string | string[], raw: string | Buffer, options: object = {}): Promise<Sent> {
  const transport = createTransport({
    ...{ host: '127.0.0.1', port: smtp.port, secure: false, tls: { rejectUnauthorized: false } },
    ...options,
  });
  try {
    return await transport.sendMail({ envelope: { from: 'ann@sender.example', to }, raw });
  } catch (error) {
    const { responseCode, response } = error as { responseCode?: number; response?: string };
    return { ...(responseCode ? { code: responseCode } : {}), response: response ?? String(error) };
  } finally {
    transport.close();
  }
}

t.test('a domain of other letters is found however it is written', async (t) => {
  const ascii = `xn--bcher-kva.${freshDomain()}`;
  t.equal((await makeSource({ domains: [ascii] })).status, 201);
  const client = new RawClient(smtp.port);
  await client.replies();
  await client.say('EHLO client.example');
  await client.say('MAIL FROM:<ann@sender.example> SMTPUTF8');
  for (const domain of [ascii, ascii.replace('xn--bcher-kva', 'b\u00fccher')])
    t.match(await client.say(`RCPT TO:<ann@${domain}>`), /^250/, domain);
  t.match(await client.say('RCPT TO:<ann@xn--bcher-kva.example>'), /^550/);
  client.socket.destroy();
});

t.test('a message comes in as it was sent, over TLS', async (t) => {
  const raw = letter({ body: '.\r\n..dots\r\n.' });
  const sent = await send(`Buyer@${domain.toUpperCase()}`, raw, { requireTLS: true });
  t.match(sent.response, /^250/);
  const [message] = (await owner.get('/v1/mail/messages')).body.data;
  t.match(message, { source: 'Journal', status: 'queued', sizeBytes: raw.length });
  t.equal((await service.query('select 1 from raw_messages where object_name is not null')).length, 1);
  const [row] = await service.query('select envelope_from, envelope_to, client_ip, source_id from messages');
  t.match(row, {
    ...{ envelope_from: 'ann@sender.example', client_ip: '127.0.0.1', source_id: source.id },
    envelope_to: [new RegExp(`buyer@${domain}`, 'i')],
  });
});

t.test('the same message again is acknowledged, and stored once', async (t) => {
  const raw = letter({ body: 'twice' });
  await send(`a@${domain}`, raw);
  const before = await countMessages();
  const objects = s3.objects.size;
  t.match((await send(`b@${domain}`, raw)).response, /^250/);
  t.equal(await countMessages(), before);
  t.equal(s3.objects.size, objects, 'nor is there another object');
  const [message] = (await owner.get('/v1/mail/messages')).body.data;
  const { data } = (await owner.get(`/v1/mail/messages/${message.id}/deliveries`)).body;
  t.match(data, [{ envelopeTo: [`a@${domain}`] }, { envelopeTo: [`b@${domain}`] }]);
});

t.test('recipients of several tenants: each gets the message, and sees its own alone', async (t) => {
  const tenantId = newId();
  const other = freshDomain();
  await makeSource({ recipients: [`sales@${other}`] }, service.as('owner', { tenantId }));
  const sent = await send([`a@${domain}`, `sales@${other}`, `c@${domain}`], letter({ body: 'to both' }));
  t.match(sent.response, /^250/);
  const rows = await service.query<{ tenant_id: string; envelope_to: string[] }>(
    'select tenant_id, envelope_to from messages where sha256 = (select sha256 from messages where tenant_id = $1)',
    [tenantId],
  );
  t.strictSame(Object.fromEntries(rows.map((row) => [row.tenant_id, row.envelope_to])), {
    [tenantId]: [`sales@${other}`],
    [service.tenantId]: [`a@${domain}`, `c@${domain}`],
  });
});

t.test('recipients that nobody has', async (t) => {
  const off = freshDomain();
  const made = await makeSource({ domains: [off] });
  await owner.patch(`/v1/mail/sources/${made.body.id}`, { active: false });
  const guarded = freshDomain();
  await makeSource({ domains: [guarded], networks: ['192.0.2.0/24'] });
  const open = freshDomain();
  await makeSource({ domains: [open], networks: ['192.0.2.0/24', '127.0.0.0/8'] });
  for (const address of ['x@unknown.example', `x@sub.${domain}`, `x@${off}`, `x@${guarded}`])
    t.equal((await send(address, letter({}))).code, 550, address);
  t.match((await send(`x@${open}`, letter({}))).response, /^250/, 'a network that may');
});

t.test('too large, empty, too many recipients', async (t) => {
  const before = await countMessages();
  t.equal((await send(`a@${domain}`, Buffer.alloc(26 * 1024 * 1024, 'x\r\n'))).code, 552);
  const client = new RawClient(smtp.port);
  await client.replies();
  t.match(await client.say('HELO client.example'), /^250/);
  t.match(await client.say('MAIL FROM:<a@b.example> SIZE=99999999'), /^552/, 'told before it is sent');
  await client.say('MAIL FROM:<a@b.example>');
  for (let n = 0; n < 100; n++) await client.say(`RCPT TO:<r${n}@${domain}>`);
  t.match(await client.say(`RCPT TO:<one-more@${domain}>`), /^452/);
  await client.say('DATA');
  t.match(await client.say('.'), /^554/, 'empty');
  client.socket.destroy();
  t.equal(await countMessages(), before);
});

t.test('nothing is acknowledged that is not stored', async (t) => {
  const raw = letter({ body: 'while the storage is down' });
  const before = await countMessages();
  Object.assign(s3, { fault: 'refused', faults: 1_000 });
  const sent = await send(`a@${domain}`, raw);
  t.equal(sent.code, 451);
  t.notMatch(sent.response, /127\.0\.0\.1|storage of messages/, 'the cause is nobody’s business');
  s3.faults = 0;
  t.equal(await countMessages(), before);
  t.match((await send(`a@${domain}`, raw)).response, /^250/, 'the client tries again');
  t.equal(await countMessages(), before + 1);
});

t.test('the database is down', async (t) => {
  const gone = async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  const broken = { ...raws, put: gone };
  const listener = await startSmtp({ service: service.service, raws: broken, settings: config });
  const client = new RawClient(listener.port);
  await client.begin(`a@${domain}`);
  t.match(await client.say(`${letter({})}.`), /^451/);
  client.socket.destroy();
  await listener.close();
});

t.test('pipelining, and a slow client', async (t) => {
  const before = await countMessages();
  const client = new RawClient(smtp.port);
  await client.replies();
  await client.say('EHLO client.example');
  const one = (body: string) =>
    `MAIL FROM:<a@b.example>\r\nRCPT TO:<x@${domain}>\r\nDATA\r\n${letter({ body })}.\r\n`;
  client.write(one('first') + one('second') + one('third'));
  const replies = await client.replies(12);
  t.equal(replies.filter((reply) => reply.startsWith('250 ')).length, 9, replies.join('\n'));
  t.equal(await countMessages(), before + 3);
  for (const character of one('slow')) {
    client.write(character);
    if (character === '\n') await delay(1);
  }
  t.equal((await client.replies(4)).length, 4);
  t.equal(await countMessages(), before + 4);
  client.socket.destroy();
});

t.test('what looks like the end of a message and is none smuggles nothing in', async (t) => {
  const before = await countMessages();
  const client = new RawClient(smtp.port);
  await client.begin(`x@${domain}`);
  const smuggled = `MAIL FROM:<boss@${domain}>\r\nRCPT TO:<x@${domain}>\r\nDATA\r\nSubject: forged\r\n\r\nPay\r\n`;
  for (const end of ['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\n'])
    client.write(`Subject: real\r\n\r\nhello${end}${smuggled}`);
  t.match(await client.say('.'), /^250/);
  client.socket.destroy();
  t.equal(await countMessages(), before + 1, 'it is one message');
});

t.test('a client that is gone in the middle leaves nothing', async (t) => {
  const before = await countMessages();
  const client = new RawClient(smtp.port);
  await client.begin(`x@${domain}`);
  client.write(letter({ body: 'half of' }));
  await delay(50);
  client.socket.destroy();
  await delay(100);
  t.equal(await countMessages(), before);
  t.match((await send(`x@${domain}`, letter({}))).response, /^250/, 'others go on');
});

t.test('one address does not take all connections', async (t) => {
  const clients = Array.from({ length: 10 }, () => new RawClient(smtp.port));
  const greetings = await Promise.all(clients.map((client) => client.replies()));
  t.ok(
    greetings.some(([reply]) => reply?.startsWith('421')),
    'refused',
  );
  t.ok(greetings.filter(([reply]) => reply?.startsWith('220')).length <= 8);
  for (const client of clients) client.socket.destroy();
  await eventually('there is room again', async () =>
    (await send(`x@${domain}`, letter({}))).response?.startsWith('250'),
  );
});

t.test('bad commands are answered, and the connection ends in time', async (t) => {
  const client = new RawClient(smtp.port);
  await client.replies();
  t.match(await client.say(`EHLO ${'x'.repeat(400)}`), /^5/);
  await client.say('EHLO client.example');
  t.match(await client.say('AUTH PLAIN AGEAYg=='), /^5/, 'nobody signs in');
  t.match(await client.say('DATA'), /^503/);
  t.match(await client.say('MAIL FROM:<a\u0000b@c.example>'), /^5/);
  for (let n = 0; n < 12 && !client.socket.closed; n++) {
    client.write('NONSENSE\r\n');
    await delay(5);
  }
  await eventually('it hung up', async () => client.socket.closed);
});

t.test(
  'without a certificate there is no STARTTLS; a message under way is finished before the end',
  async (t) => {
    const plain = await startSmtp({ service: service.service, raws, settings: settings() });
    const client = new RawClient(plain.port);
    await client.begin(`x@${domain}`);
    const closing = plain.close();
    t.match(await client.say(`${letter({ body: 'at the end' })}.`), /^250/);
    client.socket.end();
    await closing;
    const other = new RawClient(plain.port);
    await t.rejects(other.replies());
  },
);
