import { platformTenantId } from '@stockade/contracts';
import t from 'tap';
import { goodPassword, makeTenant, signIn, start } from './service.ts';

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
