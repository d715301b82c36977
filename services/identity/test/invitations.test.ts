import { newId } from '@stockade/database';
import t from 'tap';
import { startMailing } from './mailing.ts';
import { goodPassword, makeTenant, signIn } from './service.ts';

t.test('invitations', async (t) => {
  const mailing = await startMailing(t);
  const { service, server, anyone, work, tokenFor, mailsTo, audits, owner, tenantId } = mailing;
  const accept = (body: object) => anyone.post('/v1/auth/invitations/accept', body);
  const invite = async (email: string, more: object = {}) => {
    const answer = await owner.post('/v1/identity/users', { email, name: 'New', role: 'viewer', ...more });
    await work();
    return { id: answer.body.id as string, path: `/v1/identity/users/${answer.body.id}/invitation` };
  };

  t.test('a user without a password is invited by mail, and chooses one', async (t) => {
    const { id, path } = await invite('New@acme.example');
    const [mail] = mailsTo('new@acme.example');
    t.match(mail, { subject: 'You are invited to Acme' });
    t.match(mail?.text, 'https://stockade.example/account/accept-invitation#token=');
    t.match(await owner.get(path), {
      status: 200,
      body: { userId: id, email: 'new@acme.example', mail: { status: 'sent', note: null } },
    });
    const token = tokenFor('new@acme.example');
    t.match(await accept({ token, password: 'Password1234!' }), { status: 400 });
    t.match(await accept({ token, password: goodPassword, name: ' ' }), { status: 400 });
    t.match(await accept({ token, password: goodPassword, name: 'Nora New' }), { status: 204 });
    const { answer } = await signIn(service, 'new@acme.example');
    t.match(answer, { status: 200, body: { user: { id, name: 'Nora New', status: 'active', version: 2 } } });
    t.equal((await accept({ token, password: 'Another-Horse-8-Staple' })).status, 401, 'once');
    t.equal((await signIn(service, 'new@acme.example')).answer.status, 200);
    const [entry, ...more] = await audits('identity.user.accept-invitation');
    t.strictSame(more, []);
    t.match(entry, {
      ...{ actor: { type: 'user', id }, target: { type: 'user', id } },
      changes: {
        name: { before: 'N…', after: 'N… N…' },
        status: { before: 'invited', after: 'active' },
      },
    });
    const events = await service.outbox('identity.user-changed.v1');
    t.match(events.at(-1), { aggregateId: id, aggregateVersion: 2, payload: { active: true } });
  });

  t.test('with a password there is none', async (t) => {
    const before = server.mails.length;
    const { path } = await invite('direct@acme.example', { password: goodPassword });
    t.equal(server.mails.length, before);
    t.equal((await owner.get(path)).status, 404);
    t.match((await owner.post(path)).body.error, { code: 'INVALID_STATE', details: { state: 'active' } });
  });

  t.test('is sent again, and the link before is dead', async (t) => {
    const { path } = await invite('again@acme.example');
    const first = tokenFor('again@acme.example');
    const answer = await owner.post(path);
    t.match(answer, { status: 202, body: { mail: { status: 'queued' } } });
    await work();
    const second = tokenFor('again@acme.example');
    t.equal((await accept({ token: first, password: goodPassword })).status, 401);
    t.equal((await owner.post(path)).status, 202, 'the third');
    const refused = await owner.post(path);
    t.match(refused, { status: 429, body: { error: { code: 'RATE_LIMITED', message: /an hour/ } } });
    t.ok(Number(refused.headers['retry-after']) > 3_000);
    await work();
    t.equal((await accept({ token: second, password: goodPassword })).status, 401);
    const token = tokenFor('again@acme.example');
    const answers = await Promise.all([1, 2, 3].map(() => accept({ token, password: goodPassword })));
    t.strictSame(answers.map(({ status }) => status).sort(), [204, 401, 401], 'once, whoever comes at once');
    t.equal((await audits('identity.user.invite')).length, 2);
  });

  t.test('ends with time, with a password set by an admin, and with the user', async (t) => {
    const late = await invite('late@acme.example');
    const token = tokenFor('late@acme.example');
    await service.query('update account_tokens set expires_at = now() where user_id = $1', [late.id]);
    t.equal((await accept({ token, password: goodPassword })).status, 401);

    const set = await invite('set@acme.example');
    await owner.patch(`/v1/identity/users/${set.id}`, { password: goodPassword });
    const dead = await accept({ token: tokenFor('set@acme.example'), password: 'Another-Horse-8-Staple' });
    t.equal(dead.status, 401);
    t.equal((await signIn(service, 'set@acme.example')).answer.status, 200);

    const promoted = await invite('promoted@acme.example');
    await owner.patch(`/v1/identity/users/${promoted.id}`, { role: 'manager' });
    const other = await accept({ token: tokenFor('promoted@acme.example'), password: goodPassword });
    t.equal(other.status, 204, 'another role changes nothing about it');

    const removed = await invite('removed@acme.example');
    await owner.delete(`/v1/identity/users/${removed.id}`);
    const gone = await accept({ token: tokenFor('removed@acme.example'), password: goodPassword });
    t.equal(gone.status, 401);
  });

  t.test('who may invite', async (t) => {
    const { path } = await invite('boss@acme.example', { role: 'admin' });
    t.equal((await service.as('admin', { tenantId }).post(path)).status, 403, 'only owners invite admins');
    t.equal((await service.as('manager', { tenantId }).post(path)).status, 403);
    t.equal((await service.as('viewer', { tenantId }).get(path)).status, 403);
    const other = await makeTenant(service, 'owner@other.example');
    t.equal((await other.owner.post(path)).status, 404, "another tenant's user does not exist");
    t.equal((await other.owner.get(path)).status, 404);
    t.equal((await owner.post(`/v1/identity/users/${newId()}/invitation`)).status, 404);
  });

  t.test("a tenant's name is text, whatever it holds", async (t) => {
    const odd = '<b>Evil</b>\r\nBcc: x@y.example';
    await owner.patch('/v1/identity/tenant', { name: odd });
    await invite('odd@acme.example');
    const [mail] = mailsTo('odd@acme.example');
    t.equal(mail?.subject, 'You are invited to <b>Evil</b> Bcc: x@y.example');
    t.match(mail?.html, '&lt;b&gt;Evil&lt;/b&gt;');
    t.equal(mail?.bcc, undefined);
  });
});
