import { eventually } from '@stockade/testing';
import t from 'tap';
import { goodPassword, inTurn, makeTenant, signIn, start } from './service.ts';

/** Of goodPassword, with a cost of 4. */
const imported = '$2b$04$sBMUSjO4UkrmHBoPGRvKC.QyaurUFtmTAxTtrlIo.YgzUd0AibQru';
/** Of 72 times x. */
const ofLong = '$2b$04$hLTZZmPPb.XdIaQI7tMyCe2X7yKNmqnTfiPbUq.TNY2G0Gp5X6pGW';
const path = '/v1/identity/users';

t.test('users come with the bcrypt hashes that another system had', async (t) => {
  const service = await start(t);
  const { tenantId, owner } = await makeTenant(service, 'owner@acme.example');
  const add = (email: string, passwordHash: string, more = {}, headers = {}) =>
    owner.post(path, { email, name: 'I', role: 'viewer', passwordHash, ...more }, headers);
  const stored = async (email: string) => {
    const sql = 'select password_hash, version from users where email = $1';
    return (await service.query<{ password_hash: string; version: number }>(sql, [email]))[0];
  };

  t.test('the first sign-in puts a hash of ours in its place, for every label', async (t) => {
    for (const label of ['2a', '2b', '2y']) {
      const email = `${label}@acme.example`;
      const hash = imported.replace('2b', label);
      t.match(await add(email, hash), { status: 201, body: { status: 'active', version: 1 } });
      t.equal((await stored(email))?.password_hash, hash);
      const wrong = (await signIn(service, email, 'Wrong-Password-1')).answer;
      t.match(wrong, { status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } });
      t.equal((await stored(email))?.password_hash, hash, 'a wrong password changes nothing');
      t.equal((await signIn(service, email)).answer.status, 200);
      const now = await stored(email);
      t.match(now, { password_hash: /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/, version: 1 });
      t.equal((await signIn(service, email)).answer.status, 200, 'and again');
      t.equal((await signIn(service, email, 'Wrong-Password-1')).answer.status, 401);
      t.same(await stored(email), now, 'once');
    }
  });

  t.test('two first sign-ins at once are both let in', async (t) => {
    const email = 'twice@acme.example';
    const { id: userId } = (await add(email, imported)).body;
    const both = await inTurn(
      service,
      { tenantId, userId },
      async () => (await signIn(service, email)).answer.status,
      async () => (await signIn(service, email)).answer.status,
    );
    t.strictSame(both, [200, 200]);
    t.match((await stored(email))?.password_hash, /^\$argon2id\$/);
  });

  t.test('of a long password the first 72 bytes count, until it is hashed anew', async (t) => {
    const email = 'long@acme.example';
    await add(email, ofLong);
    t.equal((await signIn(service, email, 'x'.repeat(71))).answer.status, 401);
    t.equal((await signIn(service, email, `${'x'.repeat(72)}tail`)).answer.status, 200);
    t.equal((await signIn(service, email, `${'x'.repeat(72)}other`)).answer.status, 401);
  });

  t.test('the password is asked for again, and changed, before the first sign-in', async (t) => {
    const email = 'changes@acme.example';
    const { id: personId } = (await add(email, imported)).body;
    const self = service.as('viewer', { tenantId, personId });
    const newPassword = 'Another-Horse-8-Staple';
    const change = (currentPassword: string) =>
      self.post('/v1/auth/password', { currentPassword, newPassword });
    t.equal((await change('Wrong-Password-1')).status, 403);
    t.equal((await change(goodPassword)).status, 200);
    t.equal((await signIn(service, email, newPassword)).answer.status, 200);
  });

  for (const [what, body] of [
    ['another kind', { passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c3RvY2thZGU$Wd2jkZ2XmCvd4BHzQT2hW1g' }],
    ['an unknown label', { passwordHash: imported.replace('2b', '2x') }],
    ['a cost of 3', { passwordHash: imported.replace('$04$', '$03$') }],
    ['a cost of 13', { passwordHash: imported.replace('$04$', '$13$') }],
    ['one that is cut off', { passwordHash: imported.slice(0, -1) }],
    ['more behind it', { passwordHash: `${imported}\n` }],
    ['bits that no salt has', { passwordHash: `${imported.slice(0, 28)}/${imported.slice(29)}` }],
    ['a password beside it', { passwordHash: imported, password: goodPassword }],
  ] as const) {
    t.test(`${what} is a 400`, async (t) => {
      const answer = await add('bad@acme.example', imported, body);
      t.match(answer, { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
      t.equal(answer.body.error.details.errors[0].path, '/passwordHash');
      t.notOk(JSON.stringify(answer.body).includes(String(body.passwordHash).slice(0, 29)));
      t.equal(await stored('bad@acme.example'), undefined);
    });
  }

  t.test('only for who makes users, and never shown', async (t) => {
    const body = { email: 'no@acme.example', name: 'N', role: 'viewer', passwordHash: imported };
    for (const role of ['viewer', 'manager'] as const)
      t.equal((await service.as(role, { tenantId }).post(path, body)).status, 403, role);
    const asOwner = await service.as('admin', { tenantId }).post(path, { ...body, role: 'owner' });
    t.equal(asOwner.status, 403);

    const key = { 'idempotency-key': 'import-1' };
    const made = await add('shown@acme.example', imported, {}, key);
    const again = await add('shown@acme.example', imported, {}, key);
    t.equal(again.headers['idempotency-replayed'], 'true');
    t.equal(again.body.id, made.body.id);
    const read = await owner.get(`${path}/${made.body.id}`);
    const kept = await service.query('select * from idempotency_keys');
    const told = await eventually('its entry', async () => {
      const all = await service.outbox();
      return JSON.stringify(all).includes(made.body.id) && all;
    });
    const everything = JSON.stringify([made.body, again.body, read.body, kept, told]);
    for (const secret of [imported, imported.slice(7), 'passwordHash', 'password_hash'])
      t.notOk(everything.includes(secret), secret);
  });
});
