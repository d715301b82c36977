import { isolationTest, type TestService } from '@stockade/testing';
import t from 'tap';
import { type Behaviour, createAuthenticator } from './authenticator.ts';
import { gateway, goodPassword, inTurn, makeTenant, start, whoIs } from './service.ts';

type Person = ReturnType<TestService['as']>;
type Authenticator = ReturnType<typeof createAuthenticator>;

const paths = {
  begin: '/v1/auth/passkeys/registration/options',
  finish: '/v1/auth/passkeys/registration',
  beginSignIn: '/v1/auth/passkeys/authentication/options',
  signIn: '/v1/auth/passkeys/authentication',
};

const optionsFor = async (person: Person) => {
  const answer = await person.post(paths.begin, { currentPassword: goodPassword });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};

/** Adds a passkey to somebody. */
async function register(person: Person, authenticator = createAuthenticator(), behaviour: Behaviour = {}) {
  const options = await optionsFor(person);
  const credential = authenticator.create(options, behaviour);
  return {
    authenticator,
    credential,
    answer: await person.post(paths.finish, { name: 'Laptop', credential }),
  };
}

const requestOptions = async (service: TestService) =>
  (await gateway(service).post(paths.beginSignIn)).body as { challenge: string };

async function signInWith(service: TestService, authenticator: Authenticator, behaviour: Behaviour = {}) {
  const credential = authenticator.get(await requestOptions(service), behaviour);
  return gateway(service).post(paths.signIn, { credential });
}

const entriesOf = async (service: TestService, action: string) =>
  (await service.outbox('audit.entry-recorded.v1')).filter(({ payload }) => payload.action === action);

t.test('adding, naming and removing passkeys', async (t) => {
  const service = await start(t);
  const { owner, tenantId, ownerId } = await makeTenant(service, 'owner@acme.example');
  const stranger = await makeTenant(service, 'owner@other.example');

  t.test('the options ask for one that is found without a name and verifies its user', async (t) => {
    const wrong = await owner.post(paths.begin, { currentPassword: 'Wrong-Password-1' });
    t.equal(wrong.status, 403);
    const options = await optionsFor(owner);
    t.match(options, {
      rp: { id: 'stockade.example' },
      user: {
        name: 'owner@acme.example',
        id: Buffer.from(ownerId.replaceAll('-', ''), 'hex').toString('base64url'),
      },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      timeout: 300_000,
      excludeCredentials: [],
    });
    t.ok(options.challenge.length >= 43);
  });

  t.test('one is stored, listed, renamed', async (t) => {
    const { answer, authenticator } = await register(owner);
    t.match(answer, { status: 201, body: { name: 'Laptop', backedUp: false, lastUsedAt: null, version: 1 } });
    const { id } = answer.body;
    t.notMatch(JSON.stringify(answer.body), authenticator.id);
    t.equal((await optionsFor(owner)).excludeCredentials[0].id, authenticator.id);
    t.strictSame((await owner.get('/v1/auth/passkeys')).body, { data: [answer.body], nextCursor: null });
    t.strictSame((await owner.get(`/v1/auth/passkeys/${id}`)).body, answer.body);
    const renamed = await owner.patch(`/v1/auth/passkeys/${id}`, { name: 'Phone' }, { 'if-match': '"1"' });
    t.match(renamed, { status: 200, body: { name: 'Phone', version: 2 } });
    t.equal((await owner.patch(`/v1/auth/passkeys/${id}`, { name: 'x' }, { 'if-match': '"1"' })).status, 412);
    t.equal((await owner.patch(`/v1/auth/passkeys/${id}`, { name: ' ' })).status, 400);
    t.match((await entriesOf(service, 'identity.passkey.create'))[0]?.payload, {
      actor: { id: ownerId },
      target: { type: 'passkey', id },
      changes: { name: { after: 'Laptop' } },
    });
    t.match((await entriesOf(service, 'identity.passkey.update'))[0]?.payload.changes, {
      name: { before: 'Laptop', after: 'Phone' },
    });
    t.match((await owner.get('/v1/auth/mfa')).body, { totp: 'none', passkeys: 1 });
  });

  t.test("nobody else's", async (t) => {
    const { body } = await owner.get('/v1/auth/passkeys');
    const url = `/v1/auth/passkeys/${body.data[0].id}`;
    const made = await owner.post('/v1/identity/users', {
      email: 'c@acme.example',
      name: 'C',
      role: 'owner',
      password: goodPassword,
    });
    const colleague = service.as('owner', { tenantId, personId: made.body.id });
    for (const person of [stranger.owner, colleague]) {
      t.equal((await person.get(url)).status, 404);
      t.equal((await person.patch(url, { name: 'x' })).status, 404);
      t.equal((await person.delete(url)).status, 404);
      t.strictSame((await person.get('/v1/auth/passkeys')).body.data, []);
    }
    const key = service.as('owner', { tenantId, personId: ownerId, type: 'api_key' });
    t.equal((await key.get('/v1/auth/passkeys')).status, 403);
    t.equal((await key.post(paths.begin, { currentPassword: goodPassword })).status, 403);
  });

  for (const [what, behaviour] of [
    ['of another page', { origin: 'https://evil.example' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['without verifying the user', { verifies: false }],
    ['with another challenge', { challenge: 'c29tZXRoaW5nIGVsc2UgdGhhdCBub2JvZHkgYXNrZWQ' }],
    ['that is a sign-in', { type: 'webauthn.get' }],
  ] as const) {
    t.test(`an answer ${what} adds nothing`, async (t) => {
      const before = (await owner.get('/v1/auth/passkeys')).body;
      const { answer, credential } = await register(owner, createAuthenticator(), behaviour);
      t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
      t.notMatch(JSON.stringify(answer.body), 'evil');
      t.equal((await owner.post(paths.finish, { name: 'x', credential })).status, 409, 'it is used up');
      t.strictSame((await owner.get('/v1/auth/passkeys')).body, before);
    });
  }

  t.test('options are good once, for a while, and for who asked', async (t) => {
    const authenticator = createAuthenticator();
    const credential = authenticator.create(await optionsFor(owner));
    const post = (person: Person) => person.post(paths.finish, { name: 'Twice', credential });
    t.equal((await post(stranger.owner)).status, 409);
    const both = await Promise.all([post(owner), post(owner)]);
    t.strictSame(both.map(({ status }) => status).sort(), [201, 409]);
    const again = authenticator.create(await optionsFor(stranger.owner));
    const taken = await stranger.owner.post(paths.finish, { name: 'Mine', credential: again });
    t.match(taken, { status: 409, body: { error: { code: 'CONFLICT' } } }, 'one passkey has one user');
    const late = createAuthenticator().create(await optionsFor(owner));
    await service.query('update passkey_registrations set expires_at = now()');
    t.equal((await owner.post(paths.finish, { name: 'Late', credential: late })).status, 409);
    const first = createAuthenticator().create(await optionsFor(owner));
    await optionsFor(owner);
    t.equal((await owner.post(paths.finish, { name: 'First', credential: first })).status, 400);
  });

  t.test('bodies that are none', async (t) => {
    const credential = createAuthenticator().create(await optionsFor(owner));
    const { response, ...rest } = credential;
    for (const body of [
      {},
      { name: 'x' },
      { name: 'x', credential: rest },
      { name: '', credential },
      { name: 'x', credential: { ...credential, type: 'password' } },
      { name: 'x', credential: { ...credential, id: '{}' } },
      { name: 'x', credential: { ...credential, response: { ...response, attestationObject: 7 } } },
      { name: 'x', credential, admin: true },
    ])
      t.equal((await owner.post(paths.finish, body)).status, 400);
    const broken = {
      ...credential,
      response: { ...response, attestationObject: 'AAAA', clientDataJSON: 'AAAA' },
    };
    t.equal((await owner.post(paths.finish, { name: 'x', credential: broken })).status, 400);
    t.equal((await owner.get('/v1/auth/passkeys/nonsense')).status, 400);
  });

  t.test('removing one, once; there are no more than twenty', async (t) => {
    const { answer } = await register(owner);
    const url = `/v1/auth/passkeys/${answer.body.id}`;
    const both = await Promise.all([owner.delete(url), owner.delete(url)]);
    t.strictSame(both.map(({ status }) => status).sort(), [204, 404]);
    t.equal((await entriesOf(service, 'identity.passkey.delete')).length, 1);
    const late = createAuthenticator().create(await optionsFor(owner));
    await service.query(
      `insert into passkeys (tenant_id, id, user_id, name, credential_id, public_key, counter, transports, backed_up)
       select $1, gen_random_uuid(), $2, 'Many', 'many' || n, '\\x00', 0, '{}', false
       from generate_series(1, 20 - (select count(*)::int from passkeys where user_id = $2)) n`,
      [tenantId, ownerId],
    );
    t.equal((await owner.post(paths.finish, { name: 'x', credential: late })).status, 409);
    t.equal((await owner.post(paths.begin, { currentPassword: goodPassword })).status, 409);
    await service.query("delete from passkeys where name = 'Many'");
    await optionsFor(owner);
  });

  await isolationTest(t, { ...service, tenantId }, ['passkeys', 'passkey_registrations']);
});

t.test('signing in with a passkey', async (t) => {
  const service = await start(t);
  const { tenantId, owner, ownerId } = await makeTenant(service, 'owner@acme.example');
  const { authenticator, answer: made } = await register(owner);
  const stored = async () =>
    (await service.query('select counter, last_used_at from passkeys where id = $1', [made.body.id]))[0];

  t.test('opens a session, without a name and without another factor', async (t) => {
    const { secret } = (await owner.post('/v1/auth/mfa/totp', { currentPassword: goodPassword })).body;
    t.ok(secret);
    await service.query('update totp_credentials set confirmed_at = now()');
    const options = await gateway(service).post(paths.beginSignIn);
    t.match(options, { status: 200, body: { rpId: 'stockade.example', userVerification: 'required' } });
    t.notOk(options.body.allowCredentials?.length, 'it tells of nobody');
    authenticator.counter = 1;
    const done = await signInWith(service, authenticator);
    t.equal(done.status, 200);
    t.match(done.body, { user: { id: ownerId }, csrfToken: String });
    const token = /stockade_session=([^;]*)/.exec(String(done.headers['set-cookie']))?.[1] ?? '';
    t.match((await whoIs(service, 'session', token)).body.principal, { id: ownerId });
    t.match((await owner.get('/v1/auth/sessions')).body.data[0], { method: 'passkey' });
    t.match(await stored(), { counter: '1', last_used_at: Date });
    t.match((await entriesOf(service, 'identity.session.create')).at(-1)?.payload, {
      actor: { id: ownerId },
      changes: { method: { after: 'passkey' } },
    });
  });

  t.test('an answer is good once, also for two at once', async (t) => {
    authenticator.counter = 2;
    const credential = authenticator.get(await requestOptions(service));
    const both = await Promise.all([1, 2].map(() => gateway(service).post(paths.signIn, { credential })));
    t.strictSame(both.map(({ status }) => status).sort(), [200, 401]);
    t.equal((await gateway(service).post(paths.signIn, { credential })).status, 401);
  });

  t.test('a counter that does not grow is a copy: refused, and told', async (t) => {
    for (const counter of [2, 1, 0]) {
      authenticator.counter = counter;
      const answer = await signInWith(service, authenticator);
      t.match(answer, { status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } });
    }
    t.match(await stored(), { counter: '2' });
    const told = await entriesOf(service, 'identity.passkey.refuse');
    t.strictSame(
      told.map(({ payload }) => payload.changes.counter),
      [2, 1, 0].map((after) => ({ before: 2, after })),
    );
    authenticator.counter = 5;
    const options = [await requestOptions(service), await requestOptions(service)];
    const credentials = options.map((one) => authenticator.get(one));
    const both = await Promise.all(
      credentials.map((credential) => gateway(service).post(paths.signIn, { credential })),
    );
    t.strictSame(both.map(({ status }) => status).sort(), [200, 401], 'two with one count at once');
  });

  t.test('one that counts nothing says 0 every time', async (t) => {
    const { authenticator: synced } = await register(owner);
    for (let n = 0; n < 2; n++) t.equal((await signInWith(service, synced)).status, 200);
  });

  const another = createAuthenticator();
  for (const [what, behaviour] of [
    ['of another page', { origin: 'https://evil.example' }],
    ['for another domain', { rpId: 'evil.example' }],
    ['without verifying the user', { verifies: false }],
    ['with a challenge of nobody', { challenge: 'c29tZXRoaW5nIGVsc2UgdGhhdCBub2JvZHkgYXNrZWQ' }],
    ['that adds a passkey', { type: 'webauthn.create' }],
  ] as const) {
    t.test(`an answer ${what} is refused as any other`, async (t) => {
      authenticator.counter += 1;
      const answer = await signInWith(service, authenticator, behaviour);
      const unknown = await signInWith(service, another);
      t.equal(answer.status, 401);
      t.equal(answer.headers['set-cookie'], undefined);
      const { timestamp: _, requestId: __, ...error } = answer.body.error;
      t.match(unknown.body.error, error, 'as a passkey of nobody');
      t.equal((await signInWith(service, authenticator)).status, 200, 'it was for that alone');
    });
  }

  t.test('a wrong signature, another handle', async (t) => {
    authenticator.counter = 21;
    const good = authenticator.get(await requestOptions(service));
    const forged = {
      ...good,
      response: { ...good.response, signature: another.get({ challenge: 'x' }).response.signature },
    };
    t.equal((await gateway(service).post(paths.signIn, { credential: forged })).status, 401);
    t.equal((await gateway(service).post(paths.signIn, { credential: good })).status, 401, 'it is used up');
    authenticator.counter = 22;
    const handle = authenticator.get(await requestOptions(service));
    handle.response.userHandle = 'AAAAAAAAAAAAAAAAAAAAAA';
    t.equal((await gateway(service).post(paths.signIn, { credential: handle })).status, 401);
    handle.response.userHandle = authenticator.userHandle;
    t.equal((await gateway(service).post(paths.signIn, { credential: handle })).status, 200);
  });

  t.test('one under way while its user is disabled opens nothing', async (t) => {
    const email = 'racer@acme.example';
    const body = { email, name: 'R', role: 'viewer', password: goodPassword };
    const { id: userId } = (await owner.post('/v1/identity/users', body)).body;
    const { authenticator: device } = await register(service.as('viewer', { tenantId, personId: userId }));
    const [disabled, signedIn] = await inTurn(
      service,
      { tenantId, userId },
      () => owner.patch(`/v1/identity/users/${userId}`, { status: 'disabled' }),
      () => signInWith(service, device),
    );
    t.equal(disabled?.status, 200);
    t.match(signedIn, { status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } });
    t.strictSame(await service.query('select from sessions where user_id = $1', [userId]), []);
  });

  t.test('too late, and for who may not come in', async (t) => {
    authenticator.counter = 30;
    const late = authenticator.get(await requestOptions(service));
    await service.query('update passkey_challenges set expires_at = now()');
    t.equal((await gateway(service).post(paths.signIn, { credential: late })).status, 401);
    await service.query("update users set status = 'disabled'");
    t.equal((await signInWith(service, authenticator)).status, 401);
    await service.query("update users set status = 'active'");
    await service.query("update tenants set status = 'suspended'");
    t.equal((await signInWith(service, authenticator)).status, 401);
    await service.query("update tenants set status = 'active'");
    t.equal((await signInWith(service, authenticator)).status, 200);
  });

  t.test('bodies that are none', async (t) => {
    const credential = authenticator.get(await requestOptions(service));
    for (const body of [{}, { credential: { ...credential, response: {} } }, { credential, remember: true }])
      t.equal((await gateway(service).post(paths.signIn, body)).status, 400);
    t.equal((await gateway(service).post(paths.beginSignIn, { email: 'a@b.example' })).status, 400);
    const noJson = { ...credential, response: { ...credential.response, clientDataJSON: 'AAAA' } };
    t.equal((await gateway(service).post(paths.signIn, { credential: noJson })).status, 401);
  });

  t.test('sign-ins under way are bounded', async (t) => {
    await service.query(
      "insert into passkey_challenges select n::text, now() + interval '1 minute' from generate_series(1, 10000) n",
    );
    const full = await gateway(service).post(paths.beginSignIn);
    t.equal(full.status, 503);
    t.ok(full.headers['retry-after']);
    await service.query("update passkey_challenges set expires_at = now() - interval '1 s'");
    t.equal((await gateway(service).post(paths.beginSignIn)).status, 200);
  });

  t.test('a removed one, and one of a user whose factors were reset', async (t) => {
    const { answer, authenticator: gone } = await register(owner);
    await owner.delete(`/v1/auth/passkeys/${answer.body.id}`);
    t.equal((await signInWith(service, gone)).status, 401);
    const email = 'v@acme.example';
    const body = { email, name: 'V', role: 'viewer', password: goodPassword };
    const { id } = (await owner.post('/v1/identity/users', body)).body;
    const [{ tenant_id: tenantId }] = (await service.query('select tenant_id from users where id = $1', [
      id,
    ])) as [{ tenant_id: string }];
    const { authenticator: lost } = await register(service.as('viewer', { tenantId, personId: id }));
    t.equal((await signInWith(service, lost)).status, 200);
    t.equal((await owner.delete(`/v1/identity/users/${id}/mfa`)).status, 204);
    t.equal((await signInWith(service, lost)).status, 401);
    t.match((await entriesOf(service, 'identity.user.reset-mfa')).at(-1)?.payload.changes, {
      passkeys: { before: 1, after: 0 },
    });
  });
});
