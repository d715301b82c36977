import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fraudDetected, messageAccepted } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import {
  domain,
  knowSupplier,
  letter,
  otherIban,
  rfc822,
  scanAccepted,
  sendAndScan,
  start,
  verifiedIban,
} from './service.ts';

t.test('mail and its verdict', async (t) => {
  const service = await start(t);
  const { supplierId, purchaseOrderId, number } = await knowSupplier(service);
  const caller = service.as('operator');
  const auditOf = async (id: string) =>
    (await service.outbox('audit.entry-recorded.v1'))
      .filter((event) => event.payload.target.id === id)
      .map((event) => event.payload.action);

  t.test("a supplier's genuine mail is clean, and related to its order", async (t) => {
    const message = await sendAndScan(
      service,
      letter({ subject: `Invoice for ${number}`, body: `Please pay to ${verifiedIban}.` }),
    );
    t.match(message, {
      status: 'scanned',
      verdict: 'clean',
      disposition: 'delivered',
      related: { supplierId, purchaseOrderIds: [purchaseOrderId] },
    });
    t.match(message, {
      from: `billing@${domain}`,
      to: ['buyer@demo.example'],
      subject: `Invoice for ${number}`,
    });
    t.strictSame(await auditOf(message.id), ['email-scanning.message.create', 'email-scanning.message.scan']);
  });

  t.test(
    'the same from a lookalike domain with another account is malicious, quarantined, and told once',
    async (t) => {
      const raw = letter({
        from: 'Nordwind Metall <billing@nordwind-rnetall.example>',
        subject: `Invoice for ${number}`,
        body: `Our bank details have changed. Please pay to ${otherIban}.`,
      });
      const message = await sendAndScan(service, raw);
      t.match(message, {
        verdict: 'malicious',
        disposition: 'quarantined',
        related: { supplierId, purchaseOrderIds: [purchaseOrderId] },
      });
      const techniques = message.findings.map((finding: { technique: string }) => finding.technique);
      t.ok(techniques.includes('lookalike-domain'));
      t.ok(techniques.includes('changed-bank-account'));
      const events = async () =>
        (await service.outbox(fraudDetected.type)).filter((event) => event.payload.messageId === message.id);
      t.match(await events(), [
        { payload: { supplierId, purchaseOrderIds: [purchaseOrderId], score: message.score } },
      ]);
      const again = await scanAccepted(service, message.id);
      t.equal(again.outcome, 'duplicate');
      t.equal((await events()).length, 1, 'a redelivery tells nothing again');
      t.equal((await auditOf(message.id)).length, 2);
    },
  );

  t.test('the same raw message is one message', async (t) => {
    const raw = letter({ body: 'Only once' });
    const answers = await Promise.all([1, 2, 3].map(() => caller.post('/v1/mail/messages', raw, rfc822)));
    t.strictSame(
      answers.map((answer) => answer.status),
      [202, 202, 202],
    );
    t.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
    t.equal(answers.filter((answer) => answer.body.duplicate).length, 2);
    const rows = await service.query('select 1 from raw_messages where message_id = $1', [
      answers[0]?.body.id,
    ]);
    t.equal(rows.length, 1);
    const elsewhere = await service
      .as('operator', { tenantId: newId() })
      .post('/v1/mail/messages', raw, rfc822);
    t.not(elsewhere.body.id, answers[0]?.body.id, "another tenant's is another one");
  });

  t.test('whoever waits gets the verdict as soon as it is there, or how far it is', async (t) => {
    const raw = letter({ body: 'Waited for' });
    const { id } = (await caller.post('/v1/mail/messages', raw, rfc822)).body;
    const started = performance.now();
    const waiting = caller.post('/v1/mail/messages?wait=10000', raw, rfc822);
    await delay(100);
    await scanAccepted(service, id);
    const answer = await waiting;
    t.match(answer, { status: 200, body: { id, status: 'scanned', verdict: 'clean', duplicate: true } });
    t.ok(performance.now() - started < 8_000, 'long before its time was up');
    const late = await caller.post('/v1/mail/messages?wait=100', letter({ body: 'Too slow' }), rfc822);
    t.match(late, { status: 202, body: { status: 'queued' } });
  });

  t.test('the raw message can be read back, byte for byte, and that is on record', async (t) => {
    const raw = Buffer.from(letter({ body: 'Grüße \u0001' }), 'latin1');
    const { id } = (await caller.post('/v1/mail/messages', raw, rfc822)).body;
    const answer = await service.as('manager').get(`/v1/mail/messages/${id}/raw`);
    t.ok(answer.raw.equals(raw));
    t.equal(answer.headers['content-type'], 'message/rfc822');
    t.match(answer.headers['content-disposition'], /^attachment/);
    t.ok((await auditOf(id)).includes('email-scanning.message.read-raw'));
    t.equal((await caller.get(`/v1/mail/messages/${id}/raw`)).status, 403, 'not for everybody');
  });

  t.test('quarantine and release, in the states in which they make sense', async (t) => {
    const { id } = await sendAndScan(service, letter({ body: 'Harmless' }));
    const manager = service.as('manager');
    const path = `/v1/mail/messages/${id}`;
    t.equal((await manager.post(`${path}/release`)).status, 409, 'it was delivered');
    t.match(await manager.post(`${path}/quarantine`), { status: 200, body: { disposition: 'quarantined' } });
    t.equal((await manager.post(`${path}/quarantine`)).body.error.code, 'INVALID_STATE');
    t.equal((await caller.post(`${path}/release`)).status, 403, 'releasing needs more');
    t.equal((await manager.post(`${path}/release`, undefined, { 'if-match': '"1"' })).status, 412);
    t.match(await manager.post(`${path}/release`), { status: 200, body: { disposition: 'released' } });
    const queued = (await caller.post('/v1/mail/messages', letter({ body: 'Not scanned' }), rfc822)).body.id;
    t.equal((await manager.post(`/v1/mail/messages/${queued}/release`)).status, 409, 'not scanned yet');
  });

  t.test('what cannot be taken in changes nothing', async (t) => {
    const before = await service.query('select 1 from messages');
    const post = (body: unknown, headers: Record<string, string>, query = '') =>
      caller.post(`/v1/mail/messages${query}`, body, headers);
    t.equal((await post('', rfc822)).status, 400, 'empty');
    t.equal((await post('x', { 'content-type': 'text/plain' })).status, 415);
    t.equal((await post({ raw: 'x' }, {})).status, 415, 'JSON');
    t.equal((await post('x', rfc822, '?wait=99999')).status, 400);
    t.equal((await post('x', rfc822, '?unknown=1')).status, 400);
    t.equal((await post('x', { ...rfc822, 'x-client-ip': 'not an address' })).status, 400);
    const tooLarge = await post(Buffer.alloc(25 * 1024 * 1024 + 1, 97), rfc822);
    t.match(tooLarge, { status: 413, body: { error: { code: 'PAYLOAD_TOO_LARGE' } } });
    t.equal((await service.as('viewer').post('/v1/mail/messages', 'x', rfc822)).status, 403);
    t.equal((await service.anonymous('POST', '/v1/mail/messages', rfc822)).status, 401);
    t.equal((await service.query('select 1 from messages')).length, before.length);
  });

  t.test('everything gets a verdict, whatever it is', async (t) => {
    const nasty = {
      'no mail at all': Buffer.from('hello'),
      'random bytes': randomBytes(4_000),
      'a NUL and half a surrogate in the subject': Buffer.from(
        'Subject: =?utf-8?Q?a=00b?= \ud800\r\nFrom: x\u0000y <a@b.example>\r\n\r\nx',
        'utf8',
      ),
      'endless nesting': Buffer.from(
        Array.from(
          { length: 200 },
          (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`,
        ).join(''),
      ),
      'a deep reply': Buffer.from(letter({ body: '>'.repeat(100_000) })),
    };
    for (const [what, raw] of Object.entries(nasty)) {
      const message = await sendAndScan(service, raw);
      t.equal(message.status, 'scanned', what);
      t.ok(message.score >= 0 && message.score <= 100);
    }
  });

  t.test('lists are filtered and paged', async (t) => {
    const malicious = await caller.get('/v1/mail/messages?verdict=malicious');
    t.equal(malicious.body.data.length, 1);
    t.equal(
      (await caller.get(`/v1/mail/messages?supplierId=${supplierId}&disposition=quarantined`)).body.data
        .length,
      1,
    );
    t.equal((await caller.get('/v1/mail/messages?status=done')).status, 400);
    const first = await caller.get('/v1/mail/messages?limit=3');
    const second = await caller.get(`/v1/mail/messages?limit=3&cursor=${first.body.nextCursor}`);
    t.equal(
      new Set([...first.body.data, ...second.body.data].map((message: { id: string }) => message.id)).size,
      6,
    );
  });

  t.test("another tenant's message does not exist", async (t) => {
    const [own] = await service.query<{ id: string }>(
      'select id from messages where tenant_id = $1 limit 1',
      [service.tenantId],
    );
    const stranger = service.as('owner', { tenantId: newId() });
    for (const path of ['', '/raw'])
      t.equal((await stranger.get(`/v1/mail/messages/${own?.id}${path}`)).status, 404);
    t.equal((await stranger.post(`/v1/mail/messages/${own?.id}/quarantine`)).status, 404);
  });

  await isolationTest(t, service, [
    'messages',
    'raw_messages',
    'suppliers',
    'bank_accounts',
    'orders',
    'outbox',
    'inbox',
  ]);
});

t.test(
  'a call that is made again with its key gets the first answer, before the verdict and after it',
  async (t) => {
    const service = await start(t);
    const caller = service.as('operator');
    const keyed = { ...rfc822, 'idempotency-key': 'again' };
    const raw = letter({ body: 'Once and again' });
    const first = await caller.post('/v1/mail/messages', raw, keyed);
    const second = await caller.post('/v1/mail/messages', raw, keyed);
    t.strictSame([second.status, second.body], [202, first.body]);
    t.equal(second.headers['idempotency-replayed'], 'true');
    await scanAccepted(service, first.body.id);
    const waiting = await caller.post('/v1/mail/messages?wait=1000', letter({ body: 'Waits' }), {
      ...rfc822,
      'idempotency-key': 'waits',
    });
    t.equal(waiting.status, 202, 'nobody scans it here');
    await scanAccepted(service, waiting.body.id);
    const events = await service.outbox(messageAccepted.type);
    t.equal(events.length, 2, 'one scan each');
  },
);
