import { serveMail } from '@stockade/outgoing-mail/test/mail-server';
import t from 'tap';
import { waitSeconds } from '../src/account-mails/rules.ts';
import { deleteOldTokens } from '../src/account-tokens/queries.ts';
import { startMailing } from './mailing.ts';

const email = 'owner@acme.example';

t.test('mails to users', async (t) => {
  const mailing = await startMailing(t, { SMTP_URL: 'smtp://127.0.0.1:1' });
  const { service, anyone, work, owner, audits, replica } = mailing;
  const stored = () => service.query('select * from account_mails order by id desc limit 1');
  const makeDue = () =>
    service.query("update account_mails set next_attempt_at = now() where status = 'queued'");

  t.test('wait while no provider can be reached, and go out when one can', async (t) => {
    const server = await serveMail(t);
    await anyone.post('/v1/auth/password-resets', { email });
    await work();
    t.match(await stored(), [{ status: 'queued', rounds: 1, lease: null, note: /No provider took it/ }]);
    await work();
    t.match(await stored(), [{ rounds: 1 }], 'not at once');
    await makeDue();
    await replica({ SMTP_URL: server.url })();
    t.match(await stored(), [{ status: 'sent', provider: 'smtp', note: null }]);
    t.equal(server.mails.length, 1);
  });

  t.test('without a provider they wait, and say so', async (t) => {
    const answer = await owner.post('/v1/identity/users', {
      ...{ email: 'waiting@acme.example', name: 'W', role: 'viewer' },
    });
    await replica({ MAIL_PROVIDERS: '' })();
    const path = `/v1/identity/users/${answer.body.id}/invitation`;
    t.match(await owner.get(path), {
      status: 200,
      body: { mail: { status: 'queued', note: /MAIL_PROVIDERS/, sentAt: null } },
    });
    await service.query("update account_mails set give_up_at = now() where status = 'queued'");
    await makeDue();
    await replica({ MAIL_PROVIDERS: '' })();
    t.match((await owner.get(path)).body.mail, { status: 'failed', note: /in time/ });
    t.match((await audits('identity.account-mail.fail')).at(-1), {
      actor: { type: 'system' },
      changes: { status: { before: 'queued', after: 'failed' }, kind: { after: 'invitation' } },
    });
  });

  t.test('are sent again when who sent them died: the same mail', async (t) => {
    const server = await serveMail(t);
    const deliver = replica({ SMTP_URL: server.url });
    await owner.post('/v1/identity/users', { email: 'twice@acme.example', name: 'T', role: 'viewer' });
    await service.query(
      "update account_mails set lease = gen_random_uuid(), next_attempt_at = now() + interval '1 minute' where status = 'queued'",
    );
    await deliver();
    t.equal(server.mails.length, 0, 'a lease is kept');
    await makeDue();
    await deliver();
    await service.query(
      "update account_mails set status = 'queued', sent_at = null, next_attempt_at = now() where recipient = 'twice@acme.example'",
    );
    await deliver();
    const [first, second] = server.mails;
    t.equal(server.mails.length, 2);
    t.equal(first?.messageId, second?.messageId);
    t.equal(first?.text, second?.text, 'the link too');
  });

  t.test('an address that a server refuses', async (t) => {
    const server = await serveMail(t, {
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    });
    const made = await owner.post('/v1/identity/users', {
      ...{ email: 'gone@acme.example', name: 'G', role: 'viewer' },
    });
    await replica({ SMTP_URL: server.url })();
    t.match((await owner.get(`/v1/identity/users/${made.body.id}/invitation`)).body.mail, {
      ...{ status: 'failed', note: /smtp refused it/ },
    });
  });

  t.test('what is old is removed', async (t) => {
    await service.query("update account_tokens set expires_at = now() - interval '8 days'");
    await owner.post('/v1/identity/users', { email: 'fresh@acme.example', name: 'F', role: 'viewer' });
    await deleteOldTokens(service.service.systemDb);
    t.match(await service.query('select email from account_tokens'), [{ email: 'fresh@acme.example' }]);
    t.match(await service.query('select recipient from account_mails'), [
      { recipient: 'fresh@acme.example' },
    ]);
  });
});

t.test('the wait between two attempts doubles, up to five minutes', async (t) => {
  const wait = (rounds: number, retryAfterSeconds: number | null = null) =>
    waitSeconds({ rounds, asked: 1, retryAfterSeconds }, 0.5);
  t.strictSame(
    [1, 2, 3, 7, 50].map((rounds) => wait(rounds)),
    [5, 10, 20, 300, 300],
  );
  t.equal(wait(1, 77), 77, 'never before a provider said so');
  t.equal(waitSeconds({ rounds: 1, asked: 0, retryAfterSeconds: null }), 60);
});
