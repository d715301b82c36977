import { setTimeout as delay } from 'node:timers/promises';
import { isolationTest, type TestService } from '@stockade/testing';
import { TOTP } from 'otpauth';
import t from 'tap';
import { gateway, goodPassword, makeTenant, signIn, start, whoIs } from './service.ts';

type Person = ReturnType<TestService['as']>;

const currentPassword = goodPassword;
/** The app's code, `steps` of 30 s from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
/** Six digits that are no code of about now. */
function wrongCodeOf(secret: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code)) ?? '';
}

/** Sets the app up; the code that did it is still good, which no test has to wait for. */
async function enrol(
  service: TestService,
  person: Person,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await person.post('/v1/auth/mfa/totp', { currentPassword });
  const { secret } = begun.body;
  const done = await person.post('/v1/auth/mfa/totp/confirm', { code: codeOf(secret) });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  await service.query('update totp_credentials set last_step = 0');
  return { secret, recoveryCodes: done.body.recoveryCodes };
}

const actionsOf = async (service: TestService) =>
  (await service.outbox('audit.entry-recorded.v1')).map(({ payload }) => payload.action as string);

async function begin(service: TestService, email: string): Promise<string> {
  const { answer, cookie } = await signIn(service, email);
  if (answer.status !== 403 || cookie !== '') throw new Error(JSON.stringify(answer.body));
  return answer.body.error.details.mfaToken;
}

const finish = (service: TestService, body: object) => gateway(service).post('/v1/auth/login/mfa', body);

t.test('setting an authenticator app up', async (t) => {
  const service = await start(t);
  const email = 'owner@acme.example';
  const { owner, tenantId, ownerId } = await makeTenant(service, email);

  t.test('the password is asked for, and a code before anything changes', async (t) => {
    t.strictSame((await owner.get('/v1/auth/mfa')).body, { totp: 'none', recoveryCodesLeft: 0, passkeys: 0 });
    const wrong = await owner.post('/v1/auth/mfa/totp', { currentPassword: 'Wrong-Password-1' });
    t.equal(wrong.status, 403);
    const first = await owner.post('/v1/auth/mfa/totp', { currentPassword });
    t.equal(first.status, 201);
    t.match(first.body.secret, /^[A-Z2-7]{32}$/);
    const uri = new URL(first.body.uri);
    t.equal(uri.protocol, 'otpauth:');
    t.equal(uri.searchParams.get('secret'), first.body.secret);
    t.match(decodeURIComponent(uri.pathname), email);
    const second = await owner.post('/v1/auth/mfa/totp', { currentPassword });
    t.not(second.body.secret, first.body.secret);
    t.equal((await owner.get('/v1/auth/mfa')).body.totp, 'pending');
    t.equal((await signIn(service, email)).answer.status, 200, 'nothing is asked for yet');
    const stale = await owner.post('/v1/auth/mfa/totp/confirm', { code: codeOf(first.body.secret) });
    t.equal(stale.status, 403, "the first one's code");
    for (const code of ['12345', '1234567', 'abcdef', 123456])
      t.equal((await owner.post('/v1/auth/mfa/totp/confirm', { code })).status, 400);
    const [{ secret }] = (await service.query('select secret from totp_credentials')) as [{ secret: Buffer }];
    const plain = Buffer.from(new TOTP({ secret: second.body.secret }).secret.bytes);
    t.notOk(secret.includes(plain), 'it is sealed in the database');
  });

  t.test('of two confirmations at once one gets the recovery codes', async (t) => {
    const { body } = await owner.post('/v1/auth/mfa/totp', { currentPassword });
    const code = codeOf(body.secret);
    const answers = await Promise.all([1, 2].map(() => owner.post('/v1/auth/mfa/totp/confirm', { code })));
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 409]);
    const { recoveryCodes } = answers.find(({ status }) => status === 200)?.body ?? {};
    t.equal(new Set(recoveryCodes).size, 10);
    for (const one of recoveryCodes) t.match(one, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    t.strictSame((await owner.get('/v1/auth/mfa')).body, {
      totp: 'active',
      recoveryCodesLeft: 10,
      passkeys: 0,
    });
    t.equal((await owner.post('/v1/auth/mfa/totp', { currentPassword })).status, 409, 'it is there already');
    const kept = JSON.stringify([
      await service.query('select * from totp_credentials t, recovery_codes r'),
      await service.outbox(),
    ]);
    for (const one of [body.secret, ...recoveryCodes]) t.notOk(kept.includes(one));
    t.strictSame(
      (await actionsOf(service)).filter((action) => action.startsWith('identity.totp')),
      ['create', 'create', 'create', 'confirm'].map((verb) => `identity.totp.${verb}`),
    );
  });

  t.test('keys are not asked for codes, and set nothing up', async (t) => {
    const key = service.as('owner', { tenantId, personId: ownerId, type: 'api_key' });
    t.equal((await key.get('/v1/auth/mfa')).status, 403);
    t.equal((await key.post('/v1/auth/mfa/totp', { currentPassword })).status, 403);
    t.equal((await key.post('/v1/auth/mfa/totp/confirm', { code: '123456' })).status, 403);
    await begin(service, email);
  });

  await isolationTest(t, { ...service, tenantId }, ['totp_credentials', 'recovery_codes', 'mfa_challenges']);
});

t.test('signing in with a second factor', async (t) => {
  const service = await start(t);
  const email = 'owner@acme.example';
  const { owner, ownerId } = await makeTenant(service, email);
  const { secret, recoveryCodes } = await enrol(service, owner);
  const nextStep = () => service.query('update totp_credentials set last_step = 0, failures = 0');

  t.test('a right password opens no session, a code with it does', async (t) => {
    const { answer, cookie } = await signIn(service, email);
    t.equal(answer.status, 403);
    t.match(answer.body.error, {
      code: 'MFA_REQUIRED',
      details: { mfaToken: /^[\w-]{43}$/, methods: ['totp', 'recovery_code'] },
    });
    t.equal(cookie, '');
    t.equal((await signIn(service, email, 'Wrong-Password-1')).answer.status, 401);
    const { mfaToken } = answer.body.error.details;
    const done = await finish(service, { mfaToken, code: codeOf(secret) });
    t.equal(done.status, 200);
    t.match(done.body, { user: { id: ownerId }, csrfToken: String });
    const token = /stockade_session=([^;]*)/.exec(String(done.headers['set-cookie']))?.[1] ?? '';
    t.equal((await whoIs(service, 'session', token)).body.csrfToken, done.body.csrfToken);
    t.match((await owner.get('/v1/auth/sessions')).body.data[0], { method: 'totp' });
    // What is sampled comes whenever it is its time.
    const entries = (await service.outbox('audit.entry-recorded.v1')).filter(
      ({ payload }) => payload.action !== 'identity.sign-in.failed',
    );
    t.match(entries.at(-2)?.payload, { action: 'identity.mfa.challenge', target: { id: ownerId } });
    t.match(entries.at(-1)?.payload, {
      action: 'identity.session.create',
      actor: { id: ownerId },
      changes: { method: { after: 'totp' } },
    });
    t.equal((await finish(service, { mfaToken, code: codeOf(secret, 1) })).status, 401, 'the token is used');
  });

  t.test('a code works once, also for two at once', async (t) => {
    await nextStep();
    const tokens = await Promise.all([begin(service, email), begin(service, email)]);
    const code = codeOf(secret);
    const answers = await Promise.all(tokens.map((mfaToken) => finish(service, { mfaToken, code })));
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 401]);
    const again = await finish(service, { mfaToken: await begin(service, email), code });
    t.match(again, { status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } });
    const earlier = { mfaToken: await begin(service, email), code: codeOf(secret, -1) };
    t.equal((await finish(service, earlier)).status, 401, 'nor the one before it');
    const sameToken = await begin(service, email);
    const codes = [codeOf(secret, 1), codeOf(secret, 1)];
    const both = await Promise.all(codes.map((code) => finish(service, { mfaToken: sameToken, code })));
    t.strictSame(both.map(({ status }) => status).sort(), [200, 401], 'with one token');
  });

  t.test('clocks may differ by one step', async (t) => {
    for (const [steps, status] of [
      [-1, 200],
      [1, 200],
      [-3, 401],
      [3, 401],
    ] as const) {
      await nextStep();
      const mfaToken = await begin(service, email);
      // A step that ends between making the code and checking it would make two of one.
      if (TOTP.remaining() < 3_000) await delay(TOTP.remaining());
      t.equal((await finish(service, { mfaToken, code: codeOf(secret, steps) })).status, status, `${steps}`);
    }
  });

  t.test('a recovery code works once, however it is typed', async (t) => {
    await nextStep();
    const [first = '', second = ''] = recoveryCodes;
    const tokens = await Promise.all([begin(service, email), begin(service, email)]);
    const answers = await Promise.all(
      tokens.map((mfaToken) => finish(service, { mfaToken, recoveryCode: first })),
    );
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 401]);
    const typed = ` ${second.toLowerCase().replaceAll('-', ' ')}`;
    const done = await finish(service, { mfaToken: await begin(service, email), recoveryCode: typed });
    t.equal(done.status, 200);
    t.match((await owner.get('/v1/auth/mfa')).body, { recoveryCodesLeft: 8 });
    t.match((await owner.get('/v1/auth/sessions')).body.data[0], { method: 'recovery_code' });
  });

  t.test('attempts are bounded: five with a token, ten in a quarter of an hour', async (t) => {
    await nextStep();
    const code = wrongCodeOf(secret);
    const refused = async (mfaToken: string) => {
      const { status, body } = await finish(service, { mfaToken, code });
      return [status, body.error.code, body.error.details?.attemptsLeft];
    };
    const mfaToken = await begin(service, email);
    for (const left of [4, 3, 2, 1, 0])
      t.strictSame(await refused(mfaToken), [401, 'INVALID_CREDENTIALS', left]);
    t.strictSame(await refused(mfaToken), [401, 'UNAUTHENTICATED', undefined]);
    t.equal((await finish(service, { mfaToken, code: codeOf(secret) })).status, 401, 'nor with a right one');

    const other = await begin(service, email);
    for (const left of [4, 3, 2, 1, 0])
      t.strictSame(await refused(other), [401, 'INVALID_CREDENTIALS', left]);
    const third = await begin(service, email);
    const blocked = await finish(service, { mfaToken: third, code: codeOf(secret) });
    t.equal(blocked.status, 429);
    t.equal(blocked.headers['retry-after'], '900');
    const inSession = await owner.post('/v1/auth/mfa/recovery-codes', {
      currentPassword,
      code: codeOf(secret),
    });
    t.equal(inSession.status, 429, 'wherever it is asked for');
    const refusals = (await actionsOf(service)).filter((action) => action === 'identity.mfa.refuse');
    t.ok(refusals.length >= 10, 'each is in the audit');
    await service.query("update totp_credentials set failing_since = now() - interval '16 minutes'");
    t.equal((await finish(service, { mfaToken: third, code: codeOf(secret) })).status, 200, 'later');
  });

  t.test('two wrong ones at once are two', async (t) => {
    await nextStep();
    const mfaToken = await begin(service, email);
    const code = wrongCodeOf(secret);
    const answers = await Promise.all([1, 2, 3].map(() => finish(service, { mfaToken, code })));
    const left = answers.map(({ body }) => body.error.details.attemptsLeft as number);
    t.strictSame(left.sort(), [2, 3, 4]);
  });

  t.test('a sign-in under way ends by time, by a new password, by being disabled', async (t) => {
    await nextStep();
    const expired = await begin(service, email);
    await service.query('update mfa_challenges set expires_at = now()');
    t.equal((await finish(service, { mfaToken: expired, code: codeOf(secret) })).status, 401);
    const mfaToken = await begin(service, email);
    const newPassword = 'Another-Horse-8-Staple';
    await owner.post('/v1/auth/password', { currentPassword, newPassword });
    t.equal((await finish(service, { mfaToken, code: codeOf(secret) })).status, 401);
    await owner.post('/v1/auth/password', { currentPassword: newPassword, newPassword: currentPassword });
    const suspended = await begin(service, email);
    await service.query("update tenants set status = 'suspended'");
    t.equal((await finish(service, { mfaToken: suspended, code: codeOf(secret) })).status, 401);
    await service.query("update tenants set status = 'active'");
    t.equal((await finish(service, { mfaToken: suspended, code: codeOf(secret) })).status, 200);
  });

  for (const [what, body] of [
    ['no second factor', { mfaToken: 'x' }],
    ['two of them', { mfaToken: 'x', code: '123456', recoveryCode: 'A'.repeat(16) }],
    ['no token', { code: '123456' }],
    ['a code that is none', { mfaToken: 'x', code: '12' }],
  ] as const) {
    t.test(`${what} is a 400`, async (t) => {
      const answer = await finish(service, body);
      t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
    });
  }

  t.test("a token of nobody's is a 401", async (t) => {
    const answer = await finish(service, { mfaToken: 'x'.repeat(43), code: '123456' });
    t.match(answer, { status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
  });
});

t.test('renewing and removing', async (t) => {
  const service = await start(t);
  const email = 'owner@acme.example';
  const { owner } = await makeTenant(service, email);
  const early = await owner.post('/v1/auth/mfa/recovery-codes', { currentPassword, code: '123456' });
  t.match(early, { status: 409, body: { error: { code: 'INVALID_STATE' } } });
  const { secret, recoveryCodes } = await enrol(service, owner);
  const renew = (body: object) => owner.post('/v1/auth/mfa/recovery-codes', body);

  t.test('new recovery codes take a password and a code, and the old ones are dead', async (t) => {
    const recoveryCode = recoveryCodes[0];
    t.equal((await renew({ currentPassword: 'Wrong-Password-1', recoveryCode })).status, 403);
    t.equal((await renew({ currentPassword, code: wrongCodeOf(secret) })).status, 403);
    t.equal((await renew({ currentPassword })).status, 400);
    const both = await Promise.all([1, 2].map(() => renew({ currentPassword, recoveryCode })));
    t.strictSame(both.map(({ status }) => status).sort(), [200, 403]);
    const fresh = both.find(({ status }) => status === 200)?.body.recoveryCodes as string[];
    t.equal(fresh.length, 10);
    const old = { mfaToken: await begin(service, email), recoveryCode: recoveryCodes[1] };
    t.equal((await finish(service, old)).status, 401);
    const good = { mfaToken: await begin(service, email), recoveryCode: fresh[0] };
    t.equal((await finish(service, good)).status, 200);
    t.ok((await actionsOf(service)).includes('identity.recovery-codes.renew'));
  });

  t.test('removing it takes both, too', async (t) => {
    const remove = (body: object) => owner.delete('/v1/auth/mfa/totp', {}, body);
    t.equal((await remove({ currentPassword: 'Wrong-Password-1', code: codeOf(secret) })).status, 403);
    t.equal((await remove({ currentPassword, code: wrongCodeOf(secret) })).status, 403);
    t.equal((await remove({ currentPassword, code: codeOf(secret) })).status, 204);
    t.equal((await remove({ currentPassword, code: codeOf(secret, 1) })).status, 409, 'twice');
    t.strictSame((await owner.get('/v1/auth/mfa')).body, { totp: 'none', recoveryCodesLeft: 0, passkeys: 0 });
    t.equal((await signIn(service, email)).answer.status, 200);
    t.ok((await actionsOf(service)).includes('identity.totp.delete'));
  });
});

t.test('somebody who lost it is helped by an admin', async (t) => {
  const service = await start(t);
  const { owner, tenantId } = await makeTenant(service, 'owner@acme.example');
  const stranger = await makeTenant(service, 'owner@other.example');
  const add = async (name: string, role: 'viewer' | 'admin' | 'owner') => {
    const email = `${name}@acme.example`;
    const body = { email, name, role, password: goodPassword };
    const { id } = (await owner.post('/v1/identity/users', body)).body;
    return { id, email, as: service.as(role, { tenantId, personId: id }) };
  };
  const [viewer, admin, second] = [
    await add('viewer', 'viewer'),
    await add('admin', 'admin'),
    await add('second', 'owner'),
  ];
  const reset = (person: Person, id: string) => person.delete(`/v1/identity/users/${id}/mfa`);
  const { token } = await signIn(service, viewer.email);
  await enrol(service, viewer.as);
  await enrol(service, second.as);
  await enrol(service, owner);

  t.equal((await reset(viewer.as, viewer.id)).status, 403, 'the scope is missing');
  t.equal((await reset(stranger.owner, viewer.id)).status, 404);
  t.equal((await reset(admin.as, second.id)).status, 403, 'an owner, by somebody who is none');
  t.equal((await reset(owner, owner.personId)).status, 403, 'his own');
  t.equal((await signIn(service, viewer.email)).answer.status, 403, 'nothing has changed');

  const done = await reset(admin.as, viewer.id);
  t.equal(done.status, 204);
  t.strictSame(JSON.parse(String(done.headers['x-stockade-revoked'])), { userId: viewer.id });
  t.equal((await whoIs(service, 'session', token)).status, 401);
  t.equal((await signIn(service, viewer.email)).answer.status, 200);
  t.equal((await reset(admin.as, viewer.id)).status, 204, 'twice is no mistake');
  t.equal((await reset(owner, second.id)).status, 204, 'an owner by an owner');
  const entries = (await service.outbox('audit.entry-recorded.v1')).filter(
    ({ payload }) => payload.action === 'identity.user.reset-mfa',
  );
  t.strictSame(
    entries.map(({ payload }) => payload.target.id),
    [viewer.id, second.id],
  );
});
