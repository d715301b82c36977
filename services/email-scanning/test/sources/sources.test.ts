import { newId } from '@stockade/database';
import t from 'tap';
import { letter, rfc822, start } from '../service.ts';
import { freshDomain, imapBody } from './samples.ts';

const service = await start(t);
const owner = service.as('owner');
const sources = '/v1/mail/sources';
const quiet = { lastMessageAt: null, lastError: null, lastErrorAt: null, failures: 0, refused: [] };

t.test('a source for SMTP', async (t) => {
  const [domain, other] = [freshDomain(), freshDomain()];
  const made = await owner.post(sources, {
    ...{ kind: 'smtp', name: 'Journal' },
    smtp: { recipients: [`Ann@${domain.toUpperCase()}`], domains: [other], networks: ['192.0.2.0/24'] },
  });
  t.equal(made.status, 201);
  t.match(made.body, {
    ...{ kind: 'smtp', name: 'Journal', active: true, version: 1, imap: null, webhook: null, status: quiet },
    smtp: { recipients: [`ann@${domain}`], domains: [other], networks: ['192.0.2.0/24'] },
  });
  const path = `${sources}/${made.body.id}`;
  const read = await owner.get(path);
  t.strictSame(read.body, made.body);
  t.equal((await owner.get(path, { 'if-none-match': String(read.headers.etag) })).status, 200);

  const stale = await owner.patch(path, { name: 'X' }, { 'if-match': '"9"' });
  t.equal(stale.status, 412);
  const changed = await owner.patch(path, { active: false, smtp: { domains: [] } }, { 'if-match': '"1"' });
  t.match(changed, {
    ...{ status: 200, headers: { etag: '"2"' } },
    body: { active: false, smtp: { recipients: [`ann@${domain}`], domains: [], networks: ['192.0.2.0/24'] } },
  });
  t.match(
    (await service.outbox()).filter(({ aggregateId }) => aggregateId === made.body.id),
    [
      { payload: { action: 'email-scanning.mail-source.create', target: { type: 'mail-source' } } },
      { payload: { action: 'email-scanning.mail-source.update', changes: { active: { after: false } } } },
    ],
  );
});

t.test('an address belongs to one tenant, and a domain with all its addresses', async (t) => {
  const stranger = service.as('owner', { tenantId: newId() });
  const make = (caller: typeof owner, smtp: object) =>
    caller.post(sources, { kind: 'smtp', name: 'Journal', smtp });
  const [whole, shared] = [freshDomain(), freshDomain()];
  t.equal((await make(owner, { domains: [whole] })).status, 201);
  t.equal((await make(owner, { recipients: [`ann@${shared}`] })).status, 201);
  t.equal(
    (await make(stranger, { recipients: [`bob@${shared}`] })).status,
    201,
    'others of the domain are free',
  );
  for (const smtp of [
    { domains: [whole] },
    { recipients: [`eve@${whole}`] },
    { recipients: [`ANN@${shared}`] },
    { domains: [shared] },
  ])
    t.match(await make(stranger, smtp), { status: 409, body: { error: { code: 'CONFLICT' } } });
  t.equal((await make(owner, { recipients: [`ann@${shared}`] })).status, 409, 'nor to two sources of one');
  t.equal(
    (await make(owner, { recipients: [`own@${whole}`] })).status,
    201,
    'its own may have a source of their own',
  );
});

t.test('two tenants that take a domain at the same moment', async (t) => {
  const domain = freshDomain();
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      service.as('owner', { tenantId: newId() }).post(sources, {
        ...{ kind: 'smtp', name: 'Journal' },
        smtp: at % 2 ? { domains: [domain] } : { domains: [domain], recipients: [`a${at}@${domain}`] },
      }),
    ),
  );
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409]);
});

t.test('a mailbox, whose password nobody sees again', async (t) => {
  const made = await owner.post(sources, {
    ...{ kind: 'imap', name: 'Mailbox' },
    imap: { host: 'IMAP.example.com', user: 'ann', password: imapBody.password },
  });
  t.strictSame(made.body.imap, {
    ...{ host: 'imap.example.com', port: 993, tls: 'implicit', user: 'ann', mailbox: 'INBOX' },
  });
  const path = `${sources}/${made.body.id}`;
  const [row] = await service.query<{ secret: Buffer }>('select secret from sources where id = $1', [
    made.body.id,
  ]);
  t.notOk(row?.secret.includes(imapBody.password), 'sealed');
  const elsewhere = await owner.patch(path, { imap: { host: 'imap.evil.example' } });
  t.match(elsewhere, { status: 400, body: { error: { details: { errors: [{ path: '/imap/password' }] } } } });
  t.equal((await owner.patch(path, { imap: { mailbox: 'Invoices' } })).body.imap.mailbox, 'Invoices');
  const moved = await owner.patch(path, {
    imap: { host: 'new.example.com', tls: 'starttls', password: 'x' },
  });
  t.match(moved, { status: 200, body: { imap: { host: 'new.example.com', port: 143 } } });
  for (const answer of [made, moved, await owner.get(path), await owner.get(sources)])
    t.notMatch(answer.raw.toString(), /password|correct horse/);
  t.notMatch(JSON.stringify(await service.outbox()), /correct horse/);
});

t.test("a webhook's secret is shown when it is made, and not by a repeated call", async (t) => {
  const key = { 'idempotency-key': newId() };
  const body = { kind: 'webhook', name: 'Provider' };
  const made = await owner.post(sources, body, key);
  t.match(made.body, { webhook: { format: 'raw' }, secret: /^whsec_[\w-]{43}$/ });
  const again = await owner.post(sources, body, key);
  t.match(again, { status: 201, headers: { 'idempotency-replayed': 'true' }, body: { id: made.body.id } });
  t.equal(again.body.secret, undefined);
  const path = `${sources}/${made.body.id}`;
  t.equal((await owner.get(path)).body.secret, undefined);
  const rotated = await owner.post(`${path}/rotate-secret`);
  t.match(rotated.body, { secret: /^whsec_/, version: 2 });
  t.not(rotated.body.secret, made.body.secret);
  t.notMatch(JSON.stringify(await service.outbox()), /whsec_/);
});

t.test('what does not belong together is refused', async (t) => {
  const cases: [object, string][] = [
    [{ kind: 'smtp', name: 'X', imap: imapBody }, '/imap'],
    [{ kind: 'imap', name: 'X' }, '/imap'],
    [{ kind: 'webhook', name: 'X', smtp: {} }, '/smtp'],
    [{ kind: 'smtp', name: 'X', smtp: { networks: ['192.0.2.0/33'] } }, '/smtp/networks/0'],
    [{ kind: 'smtp', name: 'X', smtp: { networks: ['::1/64', '300.0.0.1'] } }, '/smtp/networks/1'],
  ];
  for (const [body, path] of cases)
    t.match(await owner.post(sources, body), {
      ...{ status: 400, body: { error: { code: 'VALIDATION_ERROR', details: { errors: [{ path }] } } } },
    });
});

t.test('who may', async (t) => {
  t.equal((await service.as('operator').post(sources, { kind: 'webhook', name: 'X' })).status, 403);
  t.equal((await service.as('manager').post(sources, { kind: 'webhook', name: 'X' })).status, 201);
  t.equal((await service.as('viewer').get(sources)).status, 200);
});

t.test('a message that came twice is one, with both ways', async (t) => {
  const raw = letter({ body: 'twice' });
  const first = await owner.post('/v1/mail/messages?source=gateway', raw, {
    ...rfc822,
    'x-envelope-to': 'a@x.example',
  });
  for (let n = 0; n < 60; n++) {
    const again = await owner.post(`/v1/mail/messages?source=way-${n}`, raw, rfc822);
    if (again.body.id !== first.body.id || again.body.duplicate !== true) t.fail(`${again.raw}`);
  }
  const { body } = await owner.get(`/v1/mail/messages/${first.body.id}/deliveries`);
  t.equal(body.data.length, 51, 'bounded');
  t.match(body.data[0], { source: 'gateway', sourceId: null, envelopeTo: ['a@x.example'] });
  t.match(body.data[50], { source: 'way-49', envelopeTo: [] });
});
