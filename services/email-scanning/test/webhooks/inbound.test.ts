import t from 'tap';
import { forgetSignatures } from '../../src/webhooks/queries.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { letter, rfc822, start } from '../service.ts';

const service = await start(t);
const owner = service.as('owner');
/** The gateway calls for somebody without a credential. */
const anybody = service.as('owner', { type: 'gateway' });
const json = { 'content-type': 'application/json' };

const makeWebhook = async (format: 'raw' | 'json') =>
  (
    await owner.post('/v1/mail/sources', {
      kind: 'webhook',
      name: `Provider (${format})`,
      webhook: { format },
    })
  ).body as { id: string; secret: string };
const raw = await makeWebhook('raw');
const inJson = await makeWebhook('json');

interface Sending {
  headers?: Record<string, string>;
  seconds?: number;
  secret?: string;
  /** What is sent instead of what was signed. */
  tampered?: { headers?: Record<string, string>; body?: string };
}

function post(source: { id: string; secret: string }, body: string, sending: Sending = {}) {
  const {
    headers = {},
    seconds = Math.floor(Date.now() / 1_000),
    secret = source.secret,
    tampered,
  } = sending;
  const signature = sign(secret, seconds, {
    envelopeFrom: headers['x-envelope-from'],
    envelopeTo: headers['x-envelope-to'],
    clientIp: headers['x-client-ip'],
    body: Buffer.from(body),
  }).toString('hex');
  return anybody.post(`/v1/mail/inbound/${source.id}`, tampered?.body ?? body, {
    ...{ ...rfc822, 'x-stockade-signature': `t=${seconds},v1=${signature}`, ...headers },
    ...tampered?.headers,
  });
}

const envelope = {
  'x-envelope-from': 'billing@supplier.example',
  'x-envelope-to': 'ann@demo.example, bob@demo.example',
  'x-client-ip': '192.0.2.7',
};

t.test('a signed message is taken in, in the tenant of its source', async (t) => {
  const answer = await post(raw, letter({ body: 'signed' }), { headers: envelope });
  t.match(answer, { status: 202, body: { status: 'queued' } });
  t.match((await owner.get(`/v1/mail/messages/${answer.body.id}`)).body, { source: 'Provider (raw)' });
  t.match((await owner.get(`/v1/mail/messages/${answer.body.id}/deliveries`)).body.data, [
    {
      ...{ sourceId: raw.id, envelopeFrom: 'billing@supplier.example' },
      envelopeTo: ['ann@demo.example', 'bob@demo.example'],
    },
  ]);
  t.ok((await owner.get(`/v1/mail/sources/${raw.id}`)).body.status.lastMessageAt);
  const [entry] = (await service.outbox()).filter(
    ({ aggregateId, payload }) => aggregateId === answer.body.id && payload.actor,
  );
  t.match(entry?.payload.actor, { type: 'system', id: raw.id, name: 'Provider (raw)' });
});

t.test('a message in JSON', async (t) => {
  const text = letter({ body: 'in JSON' });
  const body = { raw: Buffer.from(text).toString('base64'), envelopeTo: ['ann@demo.example'] };
  const answer = await post(inJson, JSON.stringify(body), { headers: json });
  t.equal(answer.status, 202);
  t.equal((await owner.get(`/v1/mail/messages/${answer.body.id}/raw`)).raw.toString(), text);
  for (const bad of ['{', '{}', '{"raw":""}', '{"raw":"%%%"}', '{"raw":"aGk=","x":1}', '[]', ''])
    t.equal((await post(inJson, bad, { headers: json })).status, 400, bad);
});

t.test('the same message by another way is a duplicate', async (t) => {
  const text = letter({ body: 'by two ways' });
  const first = await post(raw, text);
  const body = JSON.stringify({ raw: Buffer.from(text).toString('base64') });
  const second = await post(inJson, body, { headers: json });
  t.match(second, { status: 202, body: { id: first.body.id, duplicate: true } });
  t.match((await owner.get(`/v1/mail/messages/${first.body.id}/deliveries`)).body.data, [
    { sourceId: raw.id },
    { sourceId: inJson.id },
  ]);
});

t.test('what was sent before is refused', async (t) => {
  const seconds = Math.floor(Date.now() / 1_000);
  const text = letter({ body: 'once' });
  const both = await Promise.all([post(raw, text, { seconds }), post(raw, text, { seconds })]);
  t.strictSame(both.map(({ status }) => status).sort(), [202, 409]);
  await forgetSignatures(service.service.systemDb, new Date());
  t.equal((await post(raw, text, { seconds })).status, 409, 'as long as the signature would hold');
  await forgetSignatures(service.service.systemDb, new Date(Date.now() + 302_000));
  const left = await service.query('select 1 from webhook_signatures');
  t.equal(left.length, 0, 'then it is forgotten');
});

t.test('what is not signed as it is sent is refused', async (t) => {
  const now = Math.floor(Date.now() / 1_000);
  const text = letter({ body: 'tampered with' });
  const cases: Record<string, Sending> = {
    'another secret': { secret: inJson.secret },
    'too old': { seconds: now - 302 },
    'from the future': { seconds: now + 302 },
    'another body': { tampered: { body: `${text}x` } },
    'another recipient': { headers: envelope, tampered: { headers: { 'x-envelope-to': 'eve@x.example' } } },
    'another sender': { tampered: { headers: { 'x-envelope-from': 'boss@demo.example' } } },
    'another server': { headers: envelope, tampered: { headers: { 'x-client-ip': '192.0.2.8' } } },
    'another time': { tampered: { headers: { 'x-stockade-signature': `t=${now},v1=${'0'.repeat(64)}` } } },
    'no signature': { tampered: { headers: { 'x-stockade-signature': '' } } },
    'no time': { tampered: { headers: { 'x-stockade-signature': `v1=${'0'.repeat(64)}` } } },
    nonsense: { tampered: { headers: { 'x-stockade-signature': 't=1,v1=zz,'.repeat(50) } } },
  };
  for (const [name, sending] of Object.entries(cases))
    t.match(
      await post(raw, text, sending),
      { status: 401, body: { error: { code: 'UNAUTHENTICATED' } } },
      name,
    );
  t.equal(
    (await owner.post('/v1/mail/messages', text, rfc822)).body.duplicate,
    undefined,
    'nothing was stored',
  );
});

t.test('an unknown, inactive or other source takes nothing', async (t) => {
  const off = await makeWebhook('raw');
  await owner.patch(`/v1/mail/sources/${off.id}`, { active: false });
  t.equal((await post(off, letter({}))).status, 404);
  t.equal((await post({ ...raw, id: off.id.replace(/^./, '9') }, letter({}))).status, 404);
  const smtp = await owner.post('/v1/mail/sources', { kind: 'smtp', name: 'S' });
  t.equal((await post({ ...raw, id: smtp.body.id }, letter({}))).status, 404);
  t.equal((await post(raw, '{}', { headers: json })).status, 415);
  t.equal((await post(inJson, letter({}))).status, 415);
  t.equal((await post(raw, '')).status, 400);
  t.equal((await post(raw, 'x'.repeat(25 * 1024 * 1024 + 1))).status, 413);
});

t.test('a secret is replaced without a message being refused', async (t) => {
  const source = await makeWebhook('raw');
  const path = `/v1/mail/sources/${source.id}`;
  const rotate = (body?: object) => owner.post(`${path}/rotate-secret`, body);
  const statuses: number[] = [];
  const flow = { stopped: false };
  const sending = (async () => {
    while (!flow.stopped)
      statuses.push((await post(source, letter({ body: String(statuses.length) }))).status);
  })();
  const both = await Promise.all([rotate(), rotate()]);
  t.strictSame(both.map(({ status }) => status).sort(), [200, 409], 'once, though sent twice');
  const first = both.find(({ status }) => status === 200)?.body;
  const soon = Date.now() + 24 * 3_600_000;
  t.ok(Math.abs(Date.parse(first.webhook.previousSecretUntil) - soon) < 60_000);
  t.equal((await post({ ...source, secret: first.secret }, letter({}))).status, 202, 'the new one');
  flow.stopped = true;
  await sending;
  t.ok(statuses.length > 0);
  t.ok(
    statuses.every((status) => status === 202),
    'the old one',
  );

  await service.query(`update sources set previous_secret_until = now() where id = $1`, [source.id]);
  t.equal((await post(source, letter({}))).status, 401, 'the overlap is over');
  t.equal((await post({ ...source, secret: first.secret }, letter({}))).status, 202);
  const second = await rotate({ overlapHours: 1 });
  const third = await rotate({ overlapHours: 0 });
  t.match(third.body, { secret: /^whsec_/, webhook: { previousSecretUntil: null } });
  for (const secret of [first.secret, second.body.secret])
    t.equal((await post({ ...source, secret }, letter({}))).status, 401, 'ended at once');
  t.equal((await post({ ...source, secret: third.body.secret }, letter({}))).status, 202);
  t.match(
    (await service.outbox()).find(({ payload }) => payload.action?.endsWith('rotate-secret')),
    { payload: { changes: { secret: { before: '…', after: '…' }, previousSecretUntil: { after: String } } } },
  );
});
