import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { deleteOldRequests } from '../src/password-resets/queries.ts';
import { startMailing } from './mailing.ts';
import { goodPassword, makeTenant, signIn, whoIs } from './service.ts';

const newPassword = 'Another-Horse-8-Staple';
const email = 'owner@acme.example';

t.test('a new password by mail', async (t) => {
  const mailing = await startMailing(t);
  const { service, server, anyone, work, mailsTo, tokenFor, audits, ownerId, owner } = mailing;
  const ask = (body: object) => anyone.post('/v1/auth/password-resets', body);
  const confirm = (body: object) => anyone.post('/v1/auth/password-resets/confirm', body);
  /** As if nothing had been asked for within the last hour. */
  const anHourLater = () =>
    service.query("update account_tokens set created_at = created_at - interval '1 hour'");

  t.test('a link sets it once, and ends every session', async (t) => {
    const { token: session } = await signIn(service, email);
    const asked = await ask({ email: 'Owner@ACME.example' });
    t.match(asked, { status: 202, body: { status: 'accepted' } });
    await work();
    const [mail] = mailsTo(email);
    t.match(mail, { from: { address: 'no-reply@acme.example' }, subject: 'Set a new password' });
    t.match(mail?.text, 'https://stockade.example/account/reset-password#token=');
    t.match(mail?.html, 'href="https://stockade.example/account/reset-password#token=');

    const token = tokenFor(email);
    t.match(await confirm({ token, password: 'onlylowercaseletters' }), { status: 400 });
    const done = await confirm({ token, password: newPassword });
    t.match(done, { status: 204, headers: { 'x-stockade-revoked': JSON.stringify({ userId: ownerId }) } });
    t.equal((await whoIs(service, 'session', session)).status, 401);
    t.equal((await signIn(service, email)).answer.status, 401, 'the old one is no more');
    t.equal((await signIn(service, email, newPassword)).answer.status, 200);
    t.match(await confirm({ token, password: goodPassword }), {
      status: 401,
      body: { error: { code: 'INVALID_CREDENTIALS', message: /not valid/ } },
    });
    t.match(await audits('identity.user.request-password-reset'), [
      { actor: { type: 'system' }, target: { type: 'user', id: ownerId } },
    ]);
    const [entry, ...more] = await audits('identity.user.reset-password');
    t.match(entry, { actor: { type: 'user', id: ownerId }, target: { id: ownerId } });
    t.strictSame(more, []);
    t.match(await audits('identity.account-mail.deliver'), [
      { changes: { status: { before: 'queued', after: 'sent' }, kind: { after: 'password-reset' } } },
    ]);
  });

  t.test('its secret is nowhere in the database', async (t) => {
    await anHourLater();
    await ask({ email });
    await work();
    const token = tokenFor(email);
    const proof = Buffer.from(token, 'base64url').subarray(16);
    const columns = await service.query<{ table: string; row: string }>(
      `select c.relname as table, query_to_xml(format('select * from %I', c.relname), false, false, '')::text as row
       from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`,
    );
    t.ok(
      columns.some(({ row }) => row.includes(email)),
      'tables are looked through',
    );
    for (const { table, row } of columns) {
      for (const secret of [token, proof.toString('base64'), proof.toString('hex'), token.slice(22)])
        t.notOk(row.includes(secret), table);
    }
  });

  t.test('two that use a link at once: one password is set', async (t) => {
    await anHourLater();
    await ask({ email });
    await work();
    const token = tokenFor(email);
    const answers = await Promise.all(
      ['First-Horse-8-Staple', 'Second-Horse-8-Staple'].map((password) => confirm({ token, password })),
    );
    t.strictSame(answers.map(({ status }) => status).sort(), [204, 401]);
    const winner = answers[0]?.status === 204 ? 'First-Horse-8-Staple' : 'Second-Horse-8-Staple';
    t.equal((await signIn(service, email, winner)).answer.status, 200);
  });

  t.test('a later link, a new password and time end a link', async (t) => {
    await anHourLater();
    await ask({ email });
    await work();
    const first = tokenFor(email);
    await ask({ email });
    await work();
    const second = tokenFor(email);
    t.not(first, second);
    t.equal((await confirm({ token: first, password: newPassword })).status, 401, 'a later link');
    await owner.patch(`/v1/identity/users/${ownerId}`, { password: goodPassword });
    t.equal((await confirm({ token: second, password: newPassword })).status, 401, 'a new password');
    await ask({ email });
    await work();
    const third = tokenFor(email);
    await service.query("update account_tokens set expires_at = now() - interval '1 second'");
    t.equal((await confirm({ token: third, password: newPassword })).status, 401, 'time');
    t.equal((await signIn(service, email)).answer.status, 200);
  });

  t.test('what is no link of ours opens nothing', async (t) => {
    await anHourLater();
    await ask({ email });
    await work();
    const token = tokenFor(email);
    const bytes = Buffer.from(token, 'base64url');
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    const forged = bytes.toString('base64url');
    for (const one of [forged, 'A'.repeat(64)])
      t.equal((await confirm({ token: one, password: newPassword })).status, 401);
    const elsewhere = await anyone.post('/v1/auth/invitations/accept', { token, password: newPassword });
    t.equal(elsewhere.status, 401, 'a link is good for its own purpose');
    t.equal((await anyone.post('/v1/auth/email-changes/confirm', { token })).status, 401);
    for (const body of [
      {},
      { token: 'short', password: newPassword },
      { token, password: 'Short-1' },
      { token, password: newPassword, email },
    ])
      t.equal((await confirm(body)).status, 400);
    for (const body of [{}, { email: 'nobody' }, { email, tenantId: 'x' }])
      t.equal((await ask(body)).status, 400);
    t.equal((await confirm({ token, password: newPassword })).status, 204, 'it is still good');
  });

  t.test('at most three an hour are mailed, and who asks is not told', async (t) => {
    await anHourLater();
    const before = mailsTo(email).length;
    for (let at = 0; at < 5; at++) {
      t.match(await ask({ email }), { status: 202, body: { status: 'accepted' } });
      await work();
    }
    t.equal(mailsTo(email).length, before + 3);
    t.equal((await confirm({ token: tokenFor(email), password: goodPassword })).status, 204);
  });

  t.test('many at once, worked off by several processes, make one mail for each', async (t) => {
    await anHourLater();
    const before = server.mails.length;
    await Promise.all([ask({ email }), ask({ email })]);
    await Promise.all([mailing.workOff(), mailing.workOff(), mailing.workOff()]);
    t.strictSame(await service.query('select 1 from password_reset_requests'), []);
    const deliver = [mailing.deliver, mailing.replica(), mailing.replica()];
    await Promise.all(deliver.map((one) => one()));
    t.equal(server.mails.length, before + 1, 'the link that the second one ended is not mailed');
    t.match(await audits('identity.account-mail.fail'), [
      { changes: { note: { after: /not valid any more/ } } },
    ]);
    t.equal((await confirm({ token: tokenFor(email), password: newPassword })).status, 204);
  });

  t.test('nobody, the invited, the disabled and the suspended get no mail', async (t) => {
    await anHourLater();
    const user = { name: 'U', role: 'viewer' };
    await owner.post('/v1/identity/users', { ...user, email: 'invited@acme.example' });
    const made = await owner.post('/v1/identity/users', {
      ...{ ...user, email: 'disabled@acme.example', password: goodPassword },
    });
    await owner.patch(`/v1/identity/users/${made.body.id}`, { status: 'disabled' });
    const { tenantId } = await makeTenant(service, 'owner@suspended.example');
    await service.query("update tenants set status = 'suspended' where tenant_id = $1", [tenantId]);
    await work();
    const before = server.mails.length;
    const addresses = ['nobody@acme.example', 'invited@acme.example', 'disabled@acme.example'];
    for (const one of [...addresses, 'owner@suspended.example'])
      t.match(await ask({ email: one }), { status: 202, body: { status: 'accepted' } });
    await work();
    t.equal(server.mails.length, before);
    t.strictSame(await service.query('select 1 from password_reset_requests'), [], 'nothing is kept');
  });

  t.test('a request that could not be worked off is given up, and too many are refused', async (t) => {
    await ask({ email });
    await service.query("update password_reset_requests set created_at = now() - interval '16 minutes'");
    await ask({ email: 'nobody@acme.example' });
    await deleteOldRequests(service.service.systemDb);
    t.match(await service.query('select email from password_reset_requests'), [
      { email: 'nobody@acme.example' },
    ]);
    await service.query(
      `insert into password_reset_requests (id, email)
       select gen_random_uuid(), 'flood@acme.example' from generate_series(1, 10000)`,
    );
    t.match(await ask({ email }), { status: 503, headers: { 'retry-after': '10' } });
    await service.query('delete from password_reset_requests');
  });

  t.test('a user who was disabled meanwhile cannot use the link', async (t) => {
    const made = await owner.post('/v1/identity/users', {
      ...{ email: 'leaving@acme.example', name: 'L', role: 'viewer', password: goodPassword },
    });
    await ask({ email: 'leaving@acme.example' });
    await work();
    const token = tokenFor('leaving@acme.example');
    await owner.patch(`/v1/identity/users/${made.body.id}`, { status: 'disabled' });
    t.equal((await confirm({ token, password: newPassword })).status, 401);
    await owner.delete(`/v1/identity/users/${made.body.id}`);
    t.equal((await confirm({ token, password: newPassword })).status, 401);
  });

  await isolationTest(t, { ...service, tenantId: mailing.tenantId }, ['account_tokens', 'account_mails']);
});
