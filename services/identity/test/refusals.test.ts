import { platformTenantId } from '@stockade/contracts';
import { eventsOf } from '@stockade/messaging';
import t from 'tap';
import { createAuthenticator } from './authenticator.ts';
import { startMailing } from './mailing.ts';
import { gateway, goodPassword, makeTenant, signIn, start } from './service.ts';

t.test('failed sign-ins', async (t) => {
  const service = await start(t);
  const { tenantId, ownerId } = await makeTenant(service, 'owner@acme.example');
  const guess = 'Wrong-Password-1';
  for (let n = 0; n < 15; n++)
    t.equal((await signIn(service, 'owner@acme.example', guess)).answer.status, 401);
  t.equal((await signIn(service, 'Nobody-Knows@acme.example', goodPassword)).answer.status, 401);
  await service.service.securityEvents.close();
  const told = (await service.outbox('audit.entry-recorded.v1')).filter(
    ({ payload }) => payload.action === 'identity.sign-in.failed',
  );
  const logs = await service.query<{ tenant_id: string }>(
    `select distinct tenant_id from outbox where payload::text like '%identity.sign-in.failed%' order by tenant_id`,
  );
  t.strictSame(
    logs.map(({ tenant_id }) => tenant_id),
    [tenantId, platformTenantId],
  );
  const ofAccount = told.filter(({ payload }) => payload.target.type === 'user');
  t.equal(ofAccount.length, 10, 'the first ones one by one');
  t.match(ofAccount[0]?.payload, {
    ...{ actor: { id: 'anonymous' }, target: { type: 'user', id: ownerId } },
    changes: { route: { after: 'POST /v1/auth/login' } },
  });
  t.match(
    told.find(({ payload }) => payload.actor.id === 'summary'),
    { payload: { changes: { count: { before: null, after: 5 } } } },
  );
  t.equal(told.length, 12, 'and that of nobody');
  const everything = JSON.stringify(told);
  for (const secret of [guess, goodPassword, 'nobody-knows', 'Nobody-Knows'])
    t.notOk(everything.includes(secret), secret);
});

t.test('passkeys, second steps and links that are refused', async (t) => {
  const { service, owner, tenantId, ownerId, work, tokenFor } = await startMailing(t);
  const anyone = gateway(service);
  const refuse = async (path: string, body: object) =>
    t.equal((await anyone.post(path, body)).status, 401, path);

  const passkeys = '/v1/auth/passkeys';
  const device = createAuthenticator();
  const options = await owner.post(`${passkeys}/registration/options`, { currentPassword: goodPassword });
  const made = { name: 'Laptop', credential: device.create(options.body) };
  t.equal((await owner.post(`${passkeys}/registration`, made)).status, 201);
  for (const authenticator of [device, createAuthenticator()]) {
    const { body } = await anyone.post(`${passkeys}/authentication/options`);
    await service.query('delete from passkey_challenges');
    await refuse(`${passkeys}/authentication`, { credential: authenticator.get(body) });
  }

  await refuse('/v1/auth/login/mfa', { mfaToken: 'A'.repeat(43), code: '123456' });
  await service.query(
    `insert into totp_credentials (tenant_id, user_id, secret, confirmed_at) values ($1, $2, '\\x00', now())`,
    [tenantId, ownerId],
  );
  const { mfaToken } = (await signIn(service, 'owner@acme.example')).answer.body.error.details;
  await service.query('update mfa_challenges set expires_at = now()');
  await refuse('/v1/auth/login/mfa', { mfaToken, code: '123456' });

  const user = { email: 'new@acme.example', name: 'N', role: 'viewer' };
  const { id: invitedId } = (await owner.post('/v1/identity/users', user)).body;
  await work();
  const invitation = tokenFor('new@acme.example');
  const forged = `${invitation.slice(0, -1)}${invitation.endsWith('A') ? 'B' : 'A'}`;
  const password = goodPassword;
  for (const token of [forged, 'A'.repeat(64)])
    await refuse('/v1/auth/invitations/accept', { token, password });
  await refuse('/v1/auth/password-resets/confirm', { token: 'A'.repeat(64), password });
  await refuse('/v1/auth/email-changes/confirm', { token: 'A'.repeat(64) });

  await service.service.securityEvents.close();
  const rows = await service.query<{ tenant_id: string; payload: unknown }>(
    "select tenant_id, payload from outbox where payload::text ~ 'identity.(sign-in.failed|link.refused)' order by seq",
  );
  const told = rows.flatMap(({ tenant_id: tenant, payload }) =>
    eventsOf(payload).map((event) => {
      const { action, target, changes } = event.payload as {
        action: string;
        target: { id: string };
        changes: { route: { after: string } };
      };
      return { tenant, action, route: changes.route.after, target: target.id };
    }),
  );
  const failed = 'identity.sign-in.failed';
  const refused = 'identity.link.refused';
  const expected: [tenant: string, action: string, route: string, target?: string][] = [
    [tenantId, failed, `${passkeys}/authentication`, ownerId],
    [platformTenantId, failed, `${passkeys}/authentication`],
    [platformTenantId, failed, '/v1/auth/login/mfa'],
    [tenantId, failed, '/v1/auth/login/mfa', ownerId],
    [tenantId, refused, '/v1/auth/invitations/accept', invitedId],
    [platformTenantId, refused, '/v1/auth/invitations/accept'],
    [platformTenantId, refused, '/v1/auth/password-resets/confirm'],
    [platformTenantId, refused, '/v1/auth/email-changes/confirm'],
  ];
  const key = (one: { tenant: string; action: string; route: string }) =>
    `${one.tenant} ${one.action} ${one.route}`;
  t.strictSame(
    told.map(key).sort(),
    expected.map(([tenant, action, path]) => key({ tenant, action, route: `POST ${path}` })).sort(),
  );
  for (const [tenant, action, path, target] of expected.filter(([, , , target]) => target))
    t.ok(
      told.some(
        (one) => key(one) === key({ tenant, action, route: `POST ${path}` }) && one.target === target,
      ),
      `${path} names whose it was`,
    );
  for (const secret of [invitation, forged, mfaToken]) t.notOk(JSON.stringify(rows).includes(secret));
});
