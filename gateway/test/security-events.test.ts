import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platformTenantId } from '@stockade/contracts';
import { eventually } from '@stockade/testing';
import { generousLimits } from '@stockade/testing/stack';
import t from 'tap';
import { securityEventsDocument } from '../../scripts/security-events-document.ts';
import { startSharedStack } from './setup.ts';

const json = { 'content-type': 'application/json' };
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
type Headers = Record<string, string>;
interface Entry {
  id: string;
  tenantId: string;
  action: string;
  severity: string;
  actor: { type: string; id: string };
  target: { type: string; id: string };
  changes: Record<string, { after: unknown }>;
  ip: string | null;
  requestId: string | null;
  traceId: string | null;
}

t.test('security events, from the call to the log and the audit', async (t) => {
  const stack = await startSharedStack(t);
  const { tenantId, email, password, apiKey, operatorKey } = stack.credentials;
  const operator = bearer(operatorKey);
  const env = {
    ...generousLimits,
    ...{ TRUSTED_PROXIES: '127.0.0.1', SECURITY_EVENTS_WINDOW_SECONDS: '2', LOG_LEVEL: 'info' },
  };
  const edge = await stack.addGateway(t, env);

  const send = async (
    method: string,
    path: string,
    headers: Headers = {},
    body?: unknown,
    url = edge.url,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${url}${path}`, {
      ...{ method, headers: { ...(body === undefined ? {} : json), ...headers } },
      ...(body === undefined ? {} : { body: text }),
    });
    const said = await answer.text();
    return { status: answer.status, headers: answer.headers, body: said === '' ? null : JSON.parse(said) };
  };
  const signIn = async (mail: string, secret: string, ip: string) => {
    const answer = await send(
      'POST',
      '/v1/auth/login',
      { 'x-forwarded-for': ip },
      { email: mail, password: secret },
    );
    const cookie = String(answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
    return { ...answer, cookie };
  };
  const ofTenant = async (query: string, headers: Headers = bearer(apiKey)): Promise<Entry[]> =>
    (await send('GET', `/v1/audit/entries?${query}&limit=1000`, headers)).body.data;
  const ofPlatform = async (query: string): Promise<Entry[]> =>
    (await send('GET', `/v1/admin/audit/entries?${query}&limit=1000`, operator)).body.data;
  const found = (what: string, read: (query: string) => Promise<Entry[]>, action: string, ip: string) =>
    eventually(what, async () =>
      (await read(`action=${action}`)).find((entry) => entry.ip === ip || entry.target.id === ip),
    );
  const lines = () => edge.log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'security-event');

  const other = await send('POST', '/v1/admin/tenants', operator, {
    ...{ name: 'Other', ownerEmail: 'olive@other.example', ownerName: 'Olive' },
    ownerPassword: 'Correct-Horse-7-Staple',
  });
  t.equal(other.status, 201);

  t.test('a wrong credential: to the operators, with the address behind the proxy', async (t) => {
    const secret = 'stk_live_ThisIsNoKeyOfOursButNobodyMayReadIt';
    const ip = '203.0.113.7';
    const sent = { ...bearer(secret), 'x-forwarded-for': ip, 'x-request-id': 'wrong-key-1' };
    t.equal((await send('GET', '/v1/inventory/items?name=private', sent)).status, 401);
    const entry = await found('the entry', ofPlatform, 'gateway.credential.refused', ip);
    t.match(entry, {
      ...{ tenantId: platformTenantId, severity: 'notice', actor: { type: 'system', id: 'anonymous' } },
      ...{ ip, requestId: 'wrong-key-1', traceId: /^[0-9a-f]{32}$/, target: { type: 'address', id: ip } },
      changes: { route: { after: 'GET /v1/inventory/items' } },
    });
    t.match(
      lines().find(({ requestId }) => requestId === 'wrong-key-1'),
      {
        ...{ type: 'gateway.credential.refused', severity: 'notice', tenantId: platformTenantId, ip },
        ...{ actorId: 'anonymous', route: 'GET /v1/inventory/items', traceId: entry.traceId },
      },
    );
    t.match(await send('GET', `/v1/admin/audit/entries/${entry.id}`, operator), {
      ...{ status: 200, body: { id: entry.id } },
    });
    t.equal((await send('GET', `/v1/audit/entries/${entry.id}`, bearer(apiKey))).status, 404);
    const { rows } = {
      rows: await stack.query(`select entry from audit.entries where entry like '%${secret}%'`),
    };
    t.strictSame(rows, []);
    t.notOk(edge.log.some((line) => line.includes(secret) || line.includes('name=private')));
  });

  t.test('sign-ins, good and bad', async (t) => {
    const guess = 'Guessed-Wrong-Password-8';
    t.equal((await signIn(email, guess, '203.0.113.8')).status, 401);
    t.equal((await signIn('nobody@nowhere.example', guess, '203.0.113.9')).status, 401);
    t.equal((await signIn(email, password, '203.0.113.10')).status, 200);
    const failed = await found('the failed one', ofTenant, 'identity.sign-in.failed', '203.0.113.8');
    t.match(failed, { tenantId, severity: 'notice', target: { type: 'user' } });
    const unknown = await found('of nobody', ofPlatform, 'identity.sign-in.failed', '203.0.113.9');
    t.match(unknown, { tenantId: platformTenantId, target: { type: 'address', id: '203.0.113.9' } });
    const good = await found('the good one', ofTenant, 'identity.session.create', '203.0.113.10');
    t.match(good, { severity: 'info', actor: { type: 'user' } });
    t.ok((await ofTenant('severity=notice')).some(({ id }) => id === failed.id));
    t.ok((await ofTenant('severity=info')).every(({ severity }) => severity === 'info'));
    t.equal((await send('GET', '/v1/audit/entries?severity=loud', bearer(apiKey))).status, 400);
    for (const ip of ['203.0.113.8', '203.0.113.9'])
      t.strictSame(
        (await ofPlatform('action=gateway.credential.refused')).filter((entry) => entry.ip === ip),
        [],
        'one event, one entry',
      );
    t.strictSame(await stack.query(`select 1 from audit.entries where entry like '%${guess}%'`), []);
  });

  t.test('what somebody known may not do: to the tenant alone', async (t) => {
    const { cookie } = await signIn('olive@other.example', 'Correct-Horse-7-Staple', '203.0.113.11');
    const behind = (ip: string) => ({ cookie, 'x-forwarded-for': ip });
    const { body: session } = await send('GET', '/v1/auth/session', behind('203.0.113.11'));
    const ownerId = session.user.id;
    const ofOther = (query: string) => ofTenant(query, behind('203.0.113.12'));
    t.equal((await send('GET', '/v1/admin/audit/entries', behind('203.0.113.13'))).status, 403);
    const refused = await found('the refusal', ofOther, 'gateway.access.refused', '203.0.113.13');
    t.match(refused, { tenantId: other.body.id, severity: 'warning', actor: { type: 'user', id: ownerId } });
    const change = ['POST', '/v1/inventory/sites'] as const;
    t.equal((await send(...change, behind('203.0.113.14'), { code: 'X' })).status, 403);
    const evil = { ...behind('203.0.113.15'), origin: 'https://evil.example' };
    t.equal((await send(...change, evil, { code: 'X' })).status, 403);
    const forged = { ...behind('203.0.113.16'), origin: edge.url, 'x-csrf-token': 'guessed-token-12345' };
    t.equal((await send(...change, forged, { code: 'X' })).status, 403);
    for (const ip of ['203.0.113.14', '203.0.113.15', '203.0.113.16'])
      t.match(await found(`CSRF from ${ip}`, ofOther, 'gateway.csrf.failed', ip), {
        ...{ tenantId: other.body.id, actor: { id: ownerId } },
        changes: { route: { after: 'POST /v1/inventory/sites' } },
      });
    t.equal(
      (
        await send(
          'POST',
          '/v1/auth/login',
          { origin: 'https://evil.example', 'x-forwarded-for': '203.0.113.17' },
          {
            ...{ email, password },
          },
        )
      ).status,
      403,
    );
    await found('a sign-in from elsewhere', ofPlatform, 'gateway.csrf.failed', '203.0.113.17');
    const own = { ...behind('203.0.113.18'), origin: edge.url, 'x-csrf-token': session.csrfToken };
    const change2 = { currentPassword: 'Not-The-Current-1', newPassword: 'Correct-Horse-8-Staple' };
    t.equal((await send('POST', '/v1/auth/password', own, change2)).status, 403);
    t.match(await found('a refusal of a service', ofOther, 'gateway.access.refused', '203.0.113.18'), {
      changes: { service: { after: 'identity' } },
    });
    const actions = ['gateway.access.refused', 'gateway.csrf.failed'];
    for (const action of actions)
      t.strictSame(
        (await ofTenant(`action=${action}`)).filter((entry) => entry.actor.id === ownerId),
        [],
        'another tenant does not see it',
      );
    t.notOk(
      edge.log.some(
        (line) => line.includes('guessed-token') || line.includes(cookie.split('=')[1] as string),
      ),
    );
  });

  t.test('limits and blocks', async (t) => {
    const limits = { ...env, RATE_LIMIT_KEY_MAX: '6', IP_BLOCK_AFTER: '2' };
    const { url } = await stack.addGateway(t, limits);
    const from = (ip: string, headers: Headers = {}) =>
      send('GET', '/v1/inventory/sites', { ...headers, 'x-forwarded-for': ip }, undefined, url);
    for (let n = 0; n < 6; n++) t.equal((await from('203.0.113.20', bearer(apiKey))).status, 200);
    t.equal((await from('203.0.113.20', bearer(apiKey))).status, 429);
    t.match(await found('the limit', ofTenant, 'gateway.limit.exceeded', '203.0.113.20'), {
      ...{ severity: 'warning', actor: { type: 'api_key' }, changes: { tier: { after: 'KEY' } } },
    });
    const ip = '2001:db8:5:6::1';
    t.strictSame(
      [(await from(ip)).status, (await from(ip)).status, (await from(ip)).status],
      [401, 401, 429],
    );
    await found('the block', ofPlatform, 'gateway.address.blocked', ip);
    t.match(await found('who is blocked', ofPlatform, 'gateway.address.refused', ip), {
      target: { type: 'address', id: '2001:db8:5:6::/64' },
    });
    const released = `/v1/admin/blocked-ips/${encodeURIComponent('2001:db8:5:6::/64')}`;
    const by = { ...operator, 'x-forwarded-for': '203.0.113.21' };
    t.equal((await send('DELETE', released, by, undefined, url)).status, 204);
    t.match(await found('the release', ofPlatform, 'gateway.address.released', '203.0.113.21'), {
      ...{ actor: { type: 'operator' }, target: { id: '2001:db8:5:6::/64' } },
    });
    const blocked = { address: '198.51.100.9', reason: 'a scan' };
    t.equal((await send('POST', '/v1/admin/blocked-ips', by, blocked, url)).status, 201);
    await found('the block by an operator', ofPlatform, 'gateway.address.blocked', '198.51.100.9');
    t.equal((await send('POST', '/v1/admin/breakers/audit/reset', by, undefined, url)).status, 200);
    await found('the reset', ofPlatform, 'gateway.breaker.reset', '203.0.113.21');
    const reset = { tier: 'KEY', key: 'somebody' };
    t.equal((await send('POST', '/v1/admin/rate-limits/reset', by, reset, url)).status, 204);
    await found('the reset of a limit', ofPlatform, 'gateway.limit.reset', '203.0.113.21');
  });

  t.test('mail with a signature that does not hold', async (t) => {
    const made = await send('POST', '/v1/mail/sources', bearer(apiKey), {
      kind: 'webhook',
      name: 'Provider',
    });
    t.equal(made.status, 201);
    const seconds = Math.floor(Date.now() / 1_000);
    const v1 = createHmac('sha256', 'not the secret').update(`${seconds}\n\n\n\nx`).digest('hex');
    const ip = '203.0.113.30';
    const sent = await send(
      ...(['POST', `/v1/mail/inbound/${made.body.id}`] as const),
      {
        ...{ 'content-type': 'message/rfc822', 'x-forwarded-for': ip },
        'x-stockade-signature': `t=${seconds},v1=${v1}`,
      },
      'x',
    );
    t.equal(sent.status, 401);
    t.match(await found('the signature', ofTenant, 'email-scanning.signature.failed', ip), {
      ...{ tenantId, severity: 'warning', target: { type: 'mail-source', id: made.body.id } },
    });
    await found('the new source', ofTenant, 'email-scanning.mail-source.create', made.body.id);
    t.strictSame(await stack.query(`select 1 from audit.entries where entry like '%${v1}%'`), []);
  });

  t.test('a call past the gateway', async (t) => {
    const { port } = await stack.process('inventory');
    const answer = await fetch(`http://127.0.0.1:${port}/v1/inventory/sites`, {
      headers: { 'x-stockade-principal': 'forged' },
    });
    t.equal(answer.status, 401);
    const entry = await found('it is critical', ofPlatform, 'platform.principal.refused', '127.0.0.1');
    t.match(entry, { severity: 'critical' });
    t.match(await ofPlatform('severity=critical'), [{ id: entry.id }]);
  });

  t.test('a flood: few entries and lines, and every refusal is counted', async (t) => {
    const { url, log } = await stack.addGateway(t, { ...env, SECURITY_EVENTS_MAX: '100' });
    const before = await ofPlatform('action=gateway.credential.refused');
    // What a busy machine sheds is no refusal.
    let refused = 0;
    const call = async (n: number) => {
      const headers = { 'x-forwarded-for': `10.77.${n >> 8}.${n & 255}` };
      const { status } = await fetch(`${url}/v1/inventory/sites`, { headers });
      if (status === 401) refused++;
    };
    for (let n = 0; n < 1_500; n += 50) await Promise.all(Array.from({ length: 50 }, (_, m) => call(n + m)));
    t.ok(refused > 500, `${refused} were refused`);
    const known = new Set(before.map(({ id }) => id));
    const fresh = async () =>
      (await ofPlatform('action=gateway.credential.refused')).filter(({ id }) => !known.has(id));
    const sum = (entries: Entry[]) =>
      entries.reduce((total, { changes }) => total + Number(changes.count?.after ?? 1), 0);
    await eventually('all are counted', async () => sum(await fresh()) >= refused);
    const entries = await fresh();
    t.equal(sum(entries), refused);
    const told = log.filter((line) => line.includes('security-event'));
    t.equal(told.length, entries.length);
    t.ok(entries.length < refused / 3, `${entries.length} entries`);
    const requests = log.filter((line) => line.includes('"msg":"request"'));
    t.ok(requests.length <= entries.length, 'a call that was only counted has no line of its own');
  });

  t.test('counted for Prometheus', async (t) => {
    const { metricsPort } = await stack.process('identity');
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    t.match(
      text,
      /stockade_security_events_total\{type="identity.sign-in.failed",severity="notice",[^}]*\} [1-9]/,
    );
    t.match(
      text,
      /stockade_security_events_total\{type="identity.session.create",severity="info",[^}]*\} [1-9]/,
    );
  });
});

t.test('docs/security-events.md is made from the catalogue', async (t) => {
  const page = await readFile(join(import.meta.dirname, '../../docs/security-events.md'), 'utf8');
  t.equal(page, securityEventsDocument(), 'npm run generate:security-events writes it anew');
});
