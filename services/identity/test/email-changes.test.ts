import t from 'tap';
import { startMailing } from './mailing.ts';
import { goodPassword, makeTenant, signIn, whoIs } from './service.ts';

const email = 'owner@acme.example';

t.test('a new e-mail address', async (t) => {
  const mailing = await startMailing(t);
  const { service, server, anyone, owner, ownerId, tenantId, work, tokenFor, mailsTo, audits } = mailing;
  const ask = (body: object, caller = owner) =>
    caller.post('/v1/auth/email-changes', { currentPassword: goodPassword, ...body });
  const confirm = (token: string) => anyone.post('/v1/auth/email-changes/confirm', { token });
  const anHourLater = () =>
    service.query("update account_tokens set created_at = created_at - interval '1 hour'");

  t.test('is good when it is confirmed, not before', async (t) => {
    const { token: session } = await signIn(service, email);
    await anyone.post('/v1/auth/password-resets', { email });
    await work();
    const reset = tokenFor(email);
    t.match(await ask({ email: 'New@acme.example' }), { status: 202, body: { status: 'accepted' } });
    await work();
    t.match(mailsTo('new@acme.example').at(-1), { subject: 'Confirm your new e-mail address' });
    const notice = mailsTo(email).at(-1);
    t.match(notice?.text, 'new@acme.example');
    t.notMatch(notice?.text, 'token=', 'the old address gets no link');
    t.equal((await signIn(service, 'new@acme.example')).answer.status, 401);
    t.equal((await whoIs(service, 'session', session)).status, 200);

    const answers = await Promise.all([1, 2].map(() => confirm(tokenFor('new@acme.example'))));
    t.strictSame(answers.map(({ status }) => status).sort(), [204, 401], 'once');
    t.equal((await whoIs(service, 'session', session)).status, 401);
    t.equal((await signIn(service, email)).answer.status, 401);
    t.match((await signIn(service, 'new@acme.example')).answer.body.user, { id: ownerId, version: 2 });
    const dead = await anyone.post('/v1/auth/password-resets/confirm', {
      token: reset,
      password: goodPassword,
    });
    t.equal(dead.status, 401, 'a link that went to the old address');
    t.match(await audits('identity.user.change-email'), [
      {
        actor: { type: 'user', id: ownerId },
        changes: { email: { before: /^.…@/, after: 'n…@acme.example' } },
      },
    ]);
    t.equal((await audits('identity.user.request-email-change')).length, 1);
    const events = await service.outbox('identity.user-changed.v1');
    t.match(events.at(-1), {
      ...{ aggregateId: ownerId, aggregateVersion: 2 },
      payload: { email: 'new@acme.example', active: true },
    });
  });

  t.test('needs the password, and a person', async (t) => {
    const before = server.mails.length;
    const wrong = await ask({ email: 'x@acme.example', currentPassword: 'Wrong-Password-1' });
    t.match(wrong, { status: 403, body: { error: { code: 'FORBIDDEN' } } });
    const key = service.as('owner', { type: 'api_key', tenantId, personId: ownerId });
    t.equal((await ask({ email: 'x@acme.example' }, key)).status, 403);
    for (const body of [{ email: 'nobody' }, { email: undefined }, { email: 'NEW@acme.example' }])
      t.match(await ask(body), { status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
    await work();
    t.equal(server.mails.length, before);
  });

  t.test('one that is taken is answered like any other; only who reads its mail learns more', async (t) => {
    await anHourLater();
    await makeTenant(service, 'taken@other.example');
    const [free, taken] = [
      await ask({ email: 'free@acme.example' }),
      await ask({ email: 'taken@other.example' }),
    ];
    t.strictSame([free.status, free.body], [taken.status, taken.body]);
    await work();
    t.match(await confirm(tokenFor('taken@other.example')), {
      status: 409,
      body: { error: { code: 'CONFLICT' } },
    });
    t.equal((await signIn(service, 'new@acme.example')).answer.status, 200, 'nothing changed');
    t.equal((await signIn(service, 'taken@other.example')).answer.status, 200);
  });

  t.test('two users who want the same: the first to confirm has it', async (t) => {
    await anHourLater();
    const other = await makeTenant(service, 'owner@third.example');
    await ask({ email: 'wanted@acme.example' });
    await work();
    const first = tokenFor('wanted@acme.example');
    await ask({ email: 'wanted@acme.example' }, other.owner);
    await work();
    const second = tokenFor('wanted@acme.example');
    const answers = await Promise.all([confirm(first), confirm(second)]);
    t.strictSame(answers.map(({ status }) => status).sort(), [204, 409]);
    const rows = await service.query("select id from users where email = 'wanted@acme.example'");
    t.equal(rows.length, 1);
  });

  t.test('a new password makes the link useless, as the notice says', async (t) => {
    await anHourLater();
    const { answer } = await signIn(service, 'taken@other.example');
    const person = service.as('owner', {
      tenantId: (
        await service.query<{ id: string }>('select tenant_id as id from users where id = $1', [
          answer.body.user.id,
        ])
      )[0]?.id as string,
      personId: answer.body.user.id,
    });
    await ask({ email: 'thief@evil.example' }, person);
    await work();
    await person.post('/v1/auth/password', {
      currentPassword: goodPassword,
      newPassword: 'Another-Horse-8-Staple',
    });
    t.equal((await confirm(tokenFor('thief@evil.example'))).status, 401);
  });

  t.test('at most three an hour', async (t) => {
    const { owner, tenantId } = await makeTenant(service, 'often@acme.example');
    for (let at = 0; at < 3; at++) t.equal((await ask({ email: `n${at}@acme.example` }, owner)).status, 202);
    t.match(await ask({ email: 'n4@acme.example' }, owner), {
      status: 429,
      body: { error: { code: 'RATE_LIMITED' } },
    });
    const live = await service.query(
      'select 1 from account_tokens where tenant_id = $1 and ended_at is null',
      [tenantId],
    );
    t.equal(live.length, 1, 'only the latest link is good');
  });
});
