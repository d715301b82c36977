import t from 'tap';
import { mailsOf, setContacts, startMailing } from './mailing.ts';
import { approved, draft, step } from './service.ts';

t.test('a test tenant’s order mail goes nowhere, and says so', async (t) => {
  const { service, prepared, deliver } = await startMailing(t);
  await setContacts(prepared, [{ name: 'Sales', email: 'sales@supplier.example' }]);
  const sandbox = service.as('manager', { mode: 'test' });
  const order = await approved(prepared);
  t.match(await step(sandbox, order.id, 'send'), { status: 200, body: { status: 'sent' } });
  await deliver();
  const [mail] = await mailsOf(prepared, order.id);
  t.match(mail, {
    ...{ status: 'withheld', note: /test tenant/, to: ['sales@supplier.example'] },
    ...{ provider: null, sentAt: null, nextAttemptAt: null, attempts: [] },
  });
  const [row] = await service.query<{ status: string; rounds: number }>(
    'select status, rounds from order_mails',
  );
  t.strictSame({ ...row }, { status: 'withheld', rounds: 0 }, 'no provider was asked');

  t.equal((await step(sandbox, order.id, 'send')).status, 409, 'it is sent, as far as the tenant goes');
  t.equal((await step(sandbox, order.id, 'send', { resend: true })).status, 200);
  await deliver();
  t.strictSame(
    (await mailsOf(prepared, order.id)).map(({ status }: { status: string }) => status),
    ['withheld', 'withheld'],
  );
});

t.test(
  'a live tenant’s waits for a provider, and so does that of a token from before there were others',
  async (t) => {
    const { service, prepared } = await startMailing(t);
    for (const caller of [service.as('manager', { mode: 'live' }), prepared.buyer]) {
      const order = await approved(prepared);
      await step(caller, order.id, 'send');
      t.match(await mailsOf(prepared, order.id), [{ status: 'queued' }]);
    }
  },
);

t.test('what is refused is refused in a test tenant as well', async (t) => {
  const { service, prepared } = await startMailing(t);
  const sandbox = service.as('manager', { mode: 'test' });
  const order = await draft(prepared);
  t.equal((await step(sandbox, order.id, 'send')).status, 409);
  t.strictSame(await mailsOf(prepared, order.id), []);
});
