import { isolationTest } from '@stockade/testing';
import { TOTP } from 'otpauth';
import t from 'tap';
import {
  gateway,
  goodPassword,
  inTurn,
  makeTenant,
  newApiKey,
  operatorKey,
  roleScopes,
  signIn,
  start,
  whoIs,
} from './service.ts';

t.test('signing in and out', async (t) => {
  const service = await start(t);
  const { tenantId, ownerId } = await makeTenant(service, 'owner@acme.example');

  t.test('the right password opens a session', async (t) => {
    const { answer, cookie, token } = await signIn(service, 'Owner@ACME.example');
    t.equal(answer.status, 200);
    t.match(answer.body.user, { id: ownerId, email: 'owner@acme.example', role: 'owner', status: 'active' });
    t.notMatch(JSON.stringify(answer.body), /argon2|passwordHash/);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) t.ok(cookie.includes(part), part);
    const [stored] = await service.query<{ hash: string }>(
      "select encode(token_hash, 'hex') as hash from sessions",
    );
    t.notMatch(stored?.hash, token, 'only a hash of the token is stored');
    const who = await whoIs(service, 'session', token);
    t.match(who.body.principal, { type: 'user', id: ownerId, personId: ownerId, tenantId, role: 'owner' });
    t.strictSame(who.body.principal.scopes, [...roleScopes.owner]);
    t.equal(who.body.csrfToken, answer.body.csrfToken);
    const entries = await service.outbox('audit.entry-recorded.v1');
    t.match(entries.at(-1)?.payload, {
      action: 'identity.session.create',
      actor: { type: 'user', id: ownerId },
    });
  });

  t.test('anything else gets one and the same answer', async (t) => {
    const answers = [
      await signIn(service, 'owner@acme.example', 'Wrong-Password-1'),
      await signIn(service, 'nobody@acme.example', goodPassword),
    ];
    for (const { answer, cookie } of answers) {
      t.equal(answer.status, 401);
      t.equal(answer.body.error.code, 'INVALID_CREDENTIALS');
      t.equal(cookie, '');
    }
    t.equal(answers[0]?.answer.body.error.message, answers[1]?.answer.body.error.message);
  });

  for (const [what, body] of [
    ['no password', { email: 'owner@acme.example' }],
    ['a password that is no text', { email: 'owner@acme.example', password: 12345 }],
    ['a field nobody knows', { email: 'owner@acme.example', password: 'x', remember: true }],
  ] as const) {
    t.test(`${what} is a 400`, async (t) => {
      const answer = await gateway(service).post('/v1/auth/login', body);
      t.equal(answer.status, 400);
      t.equal(answer.body.error.code, 'VALIDATION_ERROR');
      t.ok(answer.body.error.details.errors.length > 0);
    });
  }

  t.test('signing out ends the session at once', async (t) => {
    const { answer, token } = await signIn(service, 'owner@acme.example');
    const { principal } = (await whoIs(service, 'session', token)).body;
    const session = service.as('owner', {
      tenantId,
      personId: ownerId,
      sessionId: principal.sessionId,
    } as never);
    const current = await session.get('/v1/auth/session');
    t.match(current.body, {
      user: { id: ownerId },
      tenant: { id: tenantId },
      csrfToken: answer.body.csrfToken,
      role: 'owner',
    });
    const out = await session.post('/v1/auth/logout');
    t.equal(out.status, 204);
    t.match(out.headers['set-cookie'], /Max-Age=0/);
    t.strictSame(JSON.parse(String(out.headers['x-stockade-revoked'])), { sessionId: principal.sessionId });
    t.equal((await whoIs(service, 'session', token)).status, 401);
  });

  t.test('a new password ends every session and opens one', async (t) => {
    const email = 'owner@acme.example';
    const newPassword = 'Another-Horse-8-Staple';
    const before = [await signIn(service, email), await signIn(service, email)];
    const self = service.as('owner', { tenantId, personId: ownerId });
    const change = (currentPassword: string, next: string) =>
      self.post('/v1/auth/password', { currentPassword, newPassword: next });
    t.equal((await change('Wrong-Password-1', newPassword)).status, 403);
    t.match(await change(goodPassword, goodPassword), {
      status: 400,
      body: { error: { details: { errors: [{ path: '/newPassword' }] } } },
    });
    t.equal((await change(goodPassword, 'Password1234')).status, 400, 'a common one');
    t.equal((await signIn(service, email)).answer.status, 200, 'nothing has changed');

    const done = await change(goodPassword, newPassword);
    t.equal(done.status, 200);
    t.match(done.body, { user: { id: ownerId }, csrfToken: String });
    t.strictSame(JSON.parse(String(done.headers['x-stockade-revoked'])), { userId: ownerId });
    const token = /stockade_session=([^;]*)/.exec(String(done.headers['set-cookie']))?.[1] ?? '';
    const who = await whoIs(service, 'session', token);
    t.equal(who.body.csrfToken, done.body.csrfToken);
    for (const old of before) t.equal((await whoIs(service, 'session', old.token)).status, 401);
    t.equal((await signIn(service, email, goodPassword)).answer.status, 401);
    t.equal((await change(goodPassword, newPassword)).status, 403, 'a second time');
    const entries = await service.outbox('audit.entry-recorded.v1');
    const actions = entries.map(({ payload }) => (payload as { action: string }).action);
    t.ok(actions.includes('identity.user.change-password'));
    t.notMatch(JSON.stringify(entries), newPassword);

    // Two at once: one of them, and the other is told.
    const both = await Promise.all([
      change(newPassword, 'First-Horse-9-Staple'),
      change(newPassword, 'Second-Horse-9-Staple'),
    ]);
    const [first, second] = both.map(({ status }) => status).sort();
    t.equal(first, 200);
    t.ok(second === 409 || second === 403, String(second));
    const won = both[0]?.status === 200 ? 'First-Horse-9-Staple' : 'Second-Horse-9-Staple';
    t.equal((await change(won, goodPassword)).status, 200);
    const key = service.as('owner', { tenantId, personId: ownerId, type: 'api_key' });
    const byKey = await key.post('/v1/auth/password', { currentPassword: goodPassword, newPassword });
    t.equal(byKey.status, 403);
  });

  t.test('sessions end by time', async (t) => {
    const { token } = await signIn(service, 'owner@acme.example');
    await service.query("update sessions set last_seen_at = now() - interval '61 minutes'");
    t.equal((await whoIs(service, 'session', token)).status, 401, 'idle too long');
    const second = await signIn(service, 'owner@acme.example');
    await service.query('update sessions set expires_at = now()');
    t.equal((await whoIs(service, 'session', second.token)).status, 401, 'over');
  });

  t.test('a sign-in that was under way ends with the password it knew, and with the user', async (t) => {
    const { tenantId, owner } = await makeTenant(service, 'admin@other.example');
    const email = 'racer@other.example';
    const body = { email, name: 'R', role: 'viewer', password: goodPassword };
    const { id: userId } = (await owner.post('/v1/identity/users', body)).body;
    const path = `/v1/identity/users/${userId}`;
    const live = () =>
      service.query('select from sessions where user_id = $1 and ended_at is null', [userId]);
    const race = async (change: object) => {
      const [changed, signedIn] = await inTurn(
        service,
        { tenantId, userId },
        () => owner.patch(path, change),
        async () => (await signIn(service, email)).answer,
      );
      t.equal(changed?.status, 200);
      t.match(signedIn, { status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } });
      t.equal(signedIn?.headers['set-cookie'], undefined);
      t.strictSame(await live(), []);
    };
    await race({ status: 'disabled' });
    t.equal((await owner.patch(path, { status: 'active' })).status, 200);
    await race({ password: 'Another-Horse-8-Staple' });
    t.equal((await owner.patch(path, { password: goodPassword })).status, 200);

    const codes = service.as('viewer', { tenantId, personId: userId });
    const { secret } = (await codes.post('/v1/auth/mfa/totp', { currentPassword: goodPassword })).body;
    const code = new TOTP({ secret }).generate();
    t.equal((await codes.post('/v1/auth/mfa/totp/confirm', { code })).status, 200);
    await race({ password: 'Another-Horse-8-Staple' });
    t.strictSame(await service.query('select from mfa_challenges'), [], 'no second step either');
  });

  t.test('a suspended tenant lets nobody in', async (t) => {
    const { token } = await signIn(service, 'owner@acme.example');
    await service.query("update tenants set status = 'suspended'");
    t.equal((await whoIs(service, 'session', token)).status, 401);
    t.equal((await signIn(service, 'owner@acme.example')).answer.status, 401);
    await service.query("update tenants set status = 'active'");
  });
});

t.test('API keys', async (t) => {
  const service = await start(t);
  const { tenantId, ownerId, owner } = await makeTenant(service, 'owner@acme.example');
  const create = (body: object, headers = {}) =>
    owner.post('/v1/identity/api-keys', { name: 'CI', scopes: ['inventory:read'], ...body }, headers);

  t.test('a key is shown once and works', async (t) => {
    const made = await create({}, { 'idempotency-key': 'k1' });
    t.equal(made.status, 201);
    t.match(made.body.key, /^stk_live_[\w-]{43}_[\w-]{6}$/);
    t.ok(made.body.key.startsWith(made.body.prefix));
    const again = await create({}, { 'idempotency-key': 'k1' });
    t.equal(again.headers['idempotency-replayed'], 'true');
    t.equal(again.body.id, made.body.id);
    t.equal(again.body.key, undefined, 'the replay leaves the secret out');
    const dump = JSON.stringify(
      await service.query('select * from api_keys a, idempotency_keys i, outbox o'),
    );
    t.notMatch(dump, made.body.key, 'the key itself is stored nowhere');
    const who = await whoIs(service, 'api_key', made.body.key);
    t.match(who.body.principal, {
      type: 'api_key',
      id: made.body.id,
      personId: ownerId,
      tenantId,
      scopes: ['inventory:read'],
    });
    t.equal(who.body.csrfToken, null);
    t.ok((await owner.get(`/v1/identity/api-keys/${made.body.id}`)).body.lastUsedAt);
  });

  t.test('revoked, expired and mistyped keys are dead', async (t) => {
    const { body } = await create({});
    const gone = await owner.delete(`/v1/identity/api-keys/${body.id}`);
    t.equal(gone.status, 204);
    t.strictSame(JSON.parse(String(gone.headers['x-stockade-revoked'])), { keyId: body.id });
    t.equal((await whoIs(service, 'api_key', body.key)).status, 401);
    t.equal((await owner.delete(`/v1/identity/api-keys/${body.id}`)).status, 204, 'twice is no mistake');

    const expiring = await create({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    t.equal((await whoIs(service, 'api_key', expiring.body.key)).status, 200);
    await service.query('update api_keys set expires_at = now() where id = $1', [expiring.body.id]);
    t.equal((await whoIs(service, 'api_key', expiring.body.key)).status, 401);

    const key = newApiKey('live');
    t.equal((await whoIs(service, 'api_key', key)).status, 401, 'nobody has it');
    t.equal((await whoIs(service, 'api_key', `${key.slice(0, -1)}~`)).status, 401);
  });

  t.test('a key is replaced by a new one, and both are good for a while', async (t) => {
    const { body: old } = await create({});
    const rotate = (id: string, body: object = {}, headers = {}) =>
      owner.post(`/v1/identity/api-keys/${id}/rotate`, body, headers);
    const status = async (key: string) => (await whoIs(service, 'api_key', key)).status;
    const rotated = await rotate(old.id, { overlapHours: 1 }, { 'idempotency-key': 'r1' });
    t.equal(rotated.status, 201);
    t.match(rotated.body, { name: old.name, scopes: old.scopes, expiresAt: null, replacedBy: null });
    t.not(rotated.body.key, old.key);
    t.strictSame([await status(old.key), await status(rotated.body.key)], [200, 200]);
    t.strictSame(JSON.parse(String(rotated.headers['x-stockade-revoked'])), { keyId: old.id });
    const again = await rotate(old.id, { overlapHours: 1 }, { 'idempotency-key': 'r1' });
    t.equal(again.body.id, rotated.body.id);
    t.equal(again.body.key, undefined);
    const shown = (await owner.get(`/v1/identity/api-keys/${old.id}`)).body;
    t.equal(shown.replacedBy, rotated.body.id);
    const left = Date.parse(shown.expiresAt) - Date.now();
    t.ok(left > 3_500_000 && left <= 3_600_000);
    t.match(await rotate(old.id), { status: 409, body: { error: { code: 'INVALID_STATE' } } }, 'once');

    const atOnce = await rotate(rotated.body.id, { overlapHours: 0 });
    t.strictSame([await status(rotated.body.key), await status(atOnce.body.key)], [401, 200]);
    t.equal((await rotate(rotated.body.id)).status, 409, 'a dead one has no successor');

    const soon = await create({ expiresAt: new Date(Date.now() + 600_000).toISOString() });
    const next = await rotate(soon.body.id);
    const lifetime = Date.parse(next.body.expiresAt) - Date.parse(next.body.createdAt);
    t.ok(Math.abs(lifetime - 600_000) < 5_000, 'it lives for as long');
    t.equal(
      (await owner.get(`/v1/identity/api-keys/${soon.body.id}`)).body.expiresAt,
      soon.body.expiresAt,
      'the old one for no longer than it was to',
    );
    const stale = await rotate(next.body.id, {}, { 'if-match': '"7"' });
    t.equal(stale.status, 412);
    const limited = service.as('owner', { tenantId, personId: ownerId, scopes: ['identity:write'] });
    t.equal((await limited.post(`/v1/identity/api-keys/${next.body.id}/rotate`, {})).status, 403);
    t.equal((await rotate('0190a0a0-0000-7000-8000-000000000000')).status, 404);
    t.equal((await rotate(next.body.id, { overlapHours: 721 })).status, 400);
    await owner.delete(`/v1/identity/api-keys/${next.body.id}`);
    t.equal((await rotate(next.body.id)).status, 409);
  });

  t.test('what is refused', async (t) => {
    t.equal((await create({ scopes: ['everything'] })).status, 400);
    t.equal((await create({ scopes: [] })).status, 400);
    t.equal((await create({ expiresAt: '2020-01-01T00:00:00Z' })).status, 400);
    t.equal((await owner.get('/v1/identity/api-keys/not-an-id')).status, 400);
    t.equal((await owner.get('/v1/identity/api-keys/0190a0a0-0000-7000-8000-000000000000')).status, 404);
    const limited = service.as('owner', { tenantId, personId: ownerId, scopes: ['identity:write'] });
    const beyond = await limited.post('/v1/identity/api-keys', { name: 'x', scopes: ['audit:read'] });
    t.equal(beyond.status, 403, 'nobody gives away what he has not');
    t.equal(
      (
        await service
          .as('operator', { tenantId })
          .post('/v1/identity/api-keys', { name: 'x', scopes: ['mail:read'] })
      ).status,
      403,
    );
  });

  t.test('a key can do no more than its maker may now, and dies with him', async (t) => {
    const made = await owner.post('/v1/identity/users', {
      email: 'm@acme.example',
      name: 'M',
      role: 'manager',
      password: goodPassword,
    });
    const key = newApiKey('live');
    await service.query(
      "insert into api_keys (tenant_id, id, name, prefix, key_hash, scopes, created_by) values ($1, gen_random_uuid(), 'k', 'p', sha256($2::bytea), '{audit:read,inventory:write}', $3)",
      [tenantId, key, made.body.id],
    );
    t.strictSame((await whoIs(service, 'api_key', key)).body.principal.scopes, [
      'audit:read',
      'inventory:write',
    ]);
    await owner.patch(`/v1/identity/users/${made.body.id}`, { role: 'operator' });
    t.strictSame((await whoIs(service, 'api_key', key)).body.principal.scopes, ['inventory:write']);
    await owner.patch(`/v1/identity/users/${made.body.id}`, { status: 'disabled' });
    t.equal((await whoIs(service, 'api_key', key)).status, 401);
  });

  await isolationTest(t, { ...service, tenantId }, ['tenants', 'users', 'api_keys', 'outbox']);
});

t.test('the platform operator', async (t) => {
  const service = await start(t);
  const who = await whoIs(service, 'api_key', operatorKey);
  t.match(who.body.principal, { type: 'operator', tenantId: null, scopes: [] });
  t.equal(
    (await service.as('owner').get('/v1/admin/tenants')).status,
    403,
    "a tenant's owner is no operator",
  );
  t.equal(
    (await service.as('owner', { type: 'operator' }).get('/v1/identity/users')).status,
    403,
    'and the reverse',
  );
  t.equal((await service.anonymous('GET', '/v1/identity/users')).status, 401);
  t.equal((await service.as('owner').post('/internal/authenticate', {})).status, 403);
});

t.test('the demo tenant is made once', async (t) => {
  const service = await start(t);
  const operator = service.as('owner', { type: 'operator' });
  const apiKey = newApiKey('live');
  const body = {
    tenantName: 'Demo',
    userName: 'Demo owner',
    email: 'owner@demo.example',
    password: goodPassword,
    apiKey,
  };
  const answers = await Promise.all([1, 2, 3].map(() => operator.post('/internal/demo', body)));
  t.ok(answers.every((answer) => answer.status === 200));
  t.equal(new Set(answers.map((answer) => answer.body.tenantId)).size, 1);
  const who = await whoIs(service, 'api_key', apiKey);
  t.equal(who.body.principal.tenantId, answers[0]?.body.tenantId);
  t.strictSame(who.body.principal.scopes, [...roleScopes.owner]);
});
