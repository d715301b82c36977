import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { passwordProblem } from '../src/auth/password-rules.ts';
import { goodPassword, makeTenant, signIn, start, whoIs } from './service.ts';

t.test('users', async (t) => {
  const service = await start(t);
  const { tenantId, ownerId, owner } = await makeTenant(service, 'owner@acme.example');
  const add = (body: object) =>
    owner.post('/v1/identity/users', {
      email: 'user@acme.example',
      name: 'U',
      role: 'viewer',
      password: goodPassword,
      ...body,
    });

  t.test('with a password a user signs in at once, without one is invited', async (t) => {
    const made = await add({ email: 'First@acme.example' });
    t.match(made, {
      status: 201,
      body: { email: 'first@acme.example', role: 'viewer', status: 'active', version: 1 },
    });
    t.equal((await signIn(service, 'first@acme.example')).answer.status, 200);
    const invited = await add({ email: 'second@acme.example', password: undefined });
    t.equal(invited.body.status, 'invited');
    t.equal((await signIn(service, 'second@acme.example')).answer.status, 401);
    const read = await owner.get(`/v1/identity/users/${made.body.id}`);
    t.equal(read.headers.etag, '"1"');
    t.equal((await owner.get(`/v1/identity/users/${made.body.id}`, { 'if-none-match': '"1"' })).status, 304);
    const list = await owner.get('/v1/identity/users?limit=2');
    t.strictSame(
      list.body.data.map((user: { email: string }) => user.email),
      ['second@acme.example', 'first@acme.example'],
    );
    const next = await owner.get(`/v1/identity/users?limit=2&cursor=${list.body.nextCursor}`);
    t.strictSame(next.body, { data: [next.body.data[0]], nextCursor: null });
    const found = await owner.get('/v1/identity/users?search=FIRST&role=viewer');
    t.equal(found.body.data.length, 1);
    const [event] = (await service.outbox('identity.user-changed.v1')).slice(-1);
    t.match(event, { payload: { email: 'second@acme.example', active: false } });
  });

  t.test('an address belongs to one user of one tenant', async (t) => {
    t.equal((await add({ email: 'taken@acme.example' })).status, 201);
    t.match(await add({ email: 'TAKEN@acme.example' }), {
      status: 409,
      body: { error: { code: 'CONFLICT' } },
    });
    const other = await makeTenant(service, 'owner@other.example');
    t.equal(
      (
        await other.owner.post('/v1/identity/users', {
          email: 'taken@acme.example',
          name: 'X',
          role: 'viewer',
        })
      ).status,
      409,
    );
  });

  for (const [what, change, path] of [
    ['no e-mail', { email: undefined }, '/email'],
    ['an e-mail that is none', { email: 'nobody' }, '/email'],
    ['a blank name', { name: ' ' }, '/name'],
    ['an unknown role', { role: 'king' }, '/role'],
    ['a short password', { password: 'Short-1' }, '/password'],
    ['a common password', { password: 'Password1234!' }, '/password'],
    ['a password of one class', { password: 'onlylowercaseletters' }, '/password'],
    ['an unknown field', { admin: true }, '/admin'],
  ] as const) {
    t.test(`${what} is refused`, async (t) => {
      const before = await service.query('select 1 from users');
      const answer = await add({ email: 'bad@acme.example', ...change });
      t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR', statusCode: 400 } } });
      t.equal(answer.body.error.details.errors[0].path, path);
      t.equal((await service.query('select 1 from users')).length, before.length, 'and changes nothing');
    });
  }

  t.test('a new role, a new password and disabling end all sessions', async (t) => {
    const { body: user } = await add({ email: 'ends@acme.example' });
    for (const change of [
      { role: 'operator' },
      { password: 'Another-Horse-8-Staple' },
      { status: 'disabled' },
    ]) {
      const password = change.status ? 'Another-Horse-8-Staple' : goodPassword;
      const { token } = await signIn(service, 'ends@acme.example', password);
      t.equal((await whoIs(service, 'session', token)).status, 200);
      const changedUser = await owner.patch(`/v1/identity/users/${user.id}`, change);
      t.equal(changedUser.status, 200);
      t.strictSame(JSON.parse(String(changedUser.headers['x-stockade-revoked'])), { userId: user.id });
      t.equal((await whoIs(service, 'session', token)).status, 401);
    }
    const renamed = await owner.patch(`/v1/identity/users/${user.id}`, { name: 'New name' });
    t.equal(renamed.headers['x-stockade-revoked'], undefined, 'a new name ends nothing');
    const audits = await service.outbox('audit.entry-recorded.v1');
    const last = audits.filter((entry) => entry.payload.target.id === user.id).at(-1)?.payload;
    t.match(last, { action: 'identity.user.update', changes: { name: { before: 'U…', after: 'N… n…' } } });
  });

  t.test('a stale version is a 412', async (t) => {
    const { body: user } = await add({ email: 'stale@acme.example' });
    const path = `/v1/identity/users/${user.id}`;
    t.equal((await owner.patch(path, { name: 'A' }, { 'if-match': '"1"' })).status, 200);
    t.equal((await owner.patch(path, { name: 'B' }, { 'if-match': '"1"' })).status, 412);
    t.equal((await owner.get(path)).body.name, 'A');
  });

  t.test('only an owner makes owners and admins', async (t) => {
    const admin = service.as('admin', { tenantId });
    t.equal(
      (await admin.post('/v1/identity/users', { email: 'a1@acme.example', name: 'A', role: 'admin' })).status,
      403,
    );
    t.equal(
      (await admin.post('/v1/identity/users', { email: 'a1@acme.example', name: 'A', role: 'manager' }))
        .status,
      201,
    );
    t.equal((await admin.patch(`/v1/identity/users/${ownerId}`, { name: 'Mine' })).status, 403);
    t.equal((await service.as('viewer', { tenantId }).get('/v1/identity/users')).status, 403);
  });

  t.test('the last owner stays', async (t) => {
    const path = `/v1/identity/users/${ownerId}`;
    for (const change of [{ role: 'viewer' }, { status: 'disabled' }])
      t.equal((await owner.patch(path, change)).status, 409);
    t.equal((await owner.delete(path)).status, 409);
    const { body: second } = await add({ email: 'owner2@acme.example', role: 'owner' });
    const answers = await Promise.all([owner.delete(path), owner.delete(`/v1/identity/users/${second.id}`)]);
    t.strictSame(answers.map((answer) => answer.status).sort(), [204, 409], 'two at once cannot both go');
  });

  t.test("another tenant's user does not exist", async (t) => {
    const { body: user } = await add({ email: 'mine@acme.example' });
    const stranger = service.as('owner');
    t.equal((await stranger.get(`/v1/identity/users/${user.id}`)).status, 404);
    t.equal((await stranger.patch(`/v1/identity/users/${user.id}`, { name: 'X' })).status, 404);
    t.equal((await stranger.delete(`/v1/identity/users/${user.id}`)).status, 404);
    t.strictSame((await stranger.get('/v1/identity/users')).body.data, []);
  });

  await signIn(service, 'mine@acme.example');
  const isolated = { ...service, tenantId };
  await isolationTest(t, isolated, ['tenants', 'users', 'sessions', 'outbox']);
});

t.test('the tenant', async (t) => {
  const service = await start(t);
  const { tenantId, owner } = await makeTenant(service, 'owner@acme.example');
  t.match((await owner.get('/v1/identity/tenant')).body, {
    id: tenantId,
    name: 'Acme',
    mailDomains: [],
    version: 1,
  });
  const changedTenant = await owner.patch('/v1/identity/tenant', { mailDomains: ['acme.example'] });
  t.match(changedTenant, { status: 200, body: { mailDomains: ['acme.example'], version: 2 } });
  t.equal((await owner.patch('/v1/identity/tenant', { mailDomains: ['Not A Domain'] })).status, 400);
  t.equal((await owner.patch('/v1/identity/tenant', {})).status, 400);
  const [event] = (await service.outbox('identity.tenant-changed.v1')).slice(-1);
  t.match(event, { aggregateVersion: 2, payload: { mailDomains: ['acme.example'] } });
  const operator = service.as('owner', { type: 'operator' });
  t.equal((await operator.get('/v1/admin/tenants')).body.data.length, 1);
});

t.test('password rules', async (t) => {
  for (const bad of [
    'passwordpassword',
    'P@ssw0rd1234',
    'Aa1Aa1Aa1Aa1',
    'Qwertyuiop-123',
    'Olive.owner-1234',
    'Liverpool1!liverpool',
    'Butterfly-2026!',
    'Trustno1-Trustno1',
  ]) {
    t.ok(passwordProblem(bad, 'olive.owner@acme.example'), bad);
  }
  for (const good of [goodPassword, 'tr0mbone Kettle', 'nR8#pLq2!vXz'])
    t.equal(passwordProblem(good, 'o@acme.example'), null, good);
});
