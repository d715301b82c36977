import { inTenant, newId } from '@stockade/database';
import { json, serveHttp } from '@stockade/outgoing-mail/test/http-server';
import { reply, serveMail } from '@stockade/outgoing-mail/test/mail-server';
import t from 'tap';
import { leaseMail } from '../src/order-mails/queue.ts';
import { mailsOf, makeDue, sent, startMailing } from './mailing.ts';
import { draft, step } from './service.ts';

t.test('providers that fail', async (t) => {
  let smtpIsDown = true;
  let smtpAnswer = reply(451, 'try later');
  let resendAnswer = json(500, {});
  const smtp = await serveMail(t, {
    onMailFrom: (_address, _session, done) => done(smtpIsDown ? smtpAnswer : null),
  });
  const resend = await serveHttp(t, (response) => resendAnswer(response));
  const { service, prepared, deliver, replica } = await startMailing(t, {
    ...{ MAIL_PROVIDERS: 'resend,smtp', SMTP_URL: smtp.url, RESEND_URL: resend.url, RESEND_API_KEY: 'key' },
  });
  const { buyer } = prepared;
  const waitOf = async (id: string) =>
    (
      await service.query<{ seconds: number }>(
        'select extract(epoch from next_attempt_at - now())::int as seconds from order_mails where id = $1',
        [id],
      )
    )[0]?.seconds ?? 0;

  t.test('mail provider down, then back: the mail waits, and exactly one arrives', async (t) => {
    const order = await sent(prepared);
    await deliver();
    const [waiting] = await mailsOf(prepared, order.id);
    t.match(waiting, {
      ...{ status: 'queued', note: /tried again/ },
      attempts: [
        { provider: 'resend', outcome: 'temporary', detail: 'Resend answered 500' },
        { provider: 'smtp', outcome: 'temporary', detail: /451/ },
      ],
    });
    t.ok(Date.parse(waiting.nextAttemptAt) > Date.now() + 5_000, 'not at once');
    const asked = resend.received.length;
    await deliver();
    t.equal(resend.received.length, asked, 'nor before its time');

    smtpIsDown = false;
    await makeDue(service);
    await Promise.all([deliver(), deliver()]);
    await makeDue(service);
    await deliver();
    t.equal(smtp.mails.length, 1);
    const [done] = await mailsOf(prepared, order.id);
    t.match(done, { status: 'sent', provider: 'smtp', note: null });
    t.strictSame(
      done.attempts.map(({ outcome }: { outcome: string }) => outcome),
      ['temporary', 'temporary', 'temporary', 'accepted'],
    );
    const [first, second] = resend.received;
    t.strictSame(second?.body, first?.body, 'each attempt is the same, to the byte');
    t.equal(first?.headers['idempotency-key'], `order-mail/${done.id}`);
    t.equal(second?.headers['idempotency-key'], `order-mail/${done.id}`);
    t.match(first?.body.headers, { References: `<${done.id}@acme.example>` });
    const [pdf] = smtp.mails[0]?.attachments ?? [];
    t.equal(
      Buffer.from(pdf?.content as ArrayBuffer).toString('base64'),
      first?.body.attachments[0].content,
      'and so is the PDF, through whatever provider',
    );
  });

  t.test('a process that died after the provider took it: sent again as the same mail', async (t) => {
    resendAnswer = json(200, { id: 'r-1' });
    const order = await sent(prepared);
    await deliver();
    const [mail] = await mailsOf(prepared, order.id);
    t.match(mail, { status: 'sent', provider: 'resend', providerId: 'r-1' });
    await service.query(
      `update order_mails set status = 'queued', sent_at = null, provider = null, lease = gen_random_uuid(),
        next_attempt_at = now() + interval '1 minute' where id = $1`,
      [mail.id],
    );
    const before = resend.received.length;
    const other = replica();
    await other();
    t.equal(resend.received.length, before, 'while the lease runs nobody touches it');
    await makeDue(service);
    await Promise.all([deliver(), other()]);
    const calls = resend.received.slice(before - 1);
    t.equal(calls.length, 2);
    t.strictSame(calls[1]?.body, calls[0]?.body);
    t.equal(calls[1]?.headers['idempotency-key'], calls[0]?.headers['idempotency-key']);
    t.equal((await mailsOf(prepared, order.id))[0].status, 'sent');
  });

  t.test('of many workers one gets the mail', async (t) => {
    const order = await sent(prepared);
    const [{ id }] = await mailsOf(prepared, order.id);
    const leases = await Promise.all(
      Array.from({ length: 6 }, () =>
        inTenant(service.service.db, service.tenantId, (trx) =>
          leaseMail(trx, id, { lease: newId(), leaseSeconds: 60 }),
        ),
      ),
    );
    t.equal(leases.filter((mail) => mail !== undefined).length, 1);
    t.ok((await waitOf(id)) > 50, 'for the time of the lease');
    await service.query(
      "update order_mails set status = 'failed', note = 'of no use any more' where id = $1",
      [id],
    );
  });

  t.test('a provider that says when is waited for', async (t) => {
    smtpIsDown = true;
    smtpAnswer = reply(535, 'bad login');
    resendAnswer = json(429, {}, { 'retry-after': '3600' });
    const [mail] = await mailsOf(prepared, (await sent(prepared)).id);
    await deliver();
    t.ok((await waitOf(mail.id)) > 3_500);
    resendAnswer = json(500, {});
    await makeDue(service);
    await deliver();
    const wait = await waitOf(mail.id);
    t.ok(wait >= 20 && wait <= 36, `twice the first wait: ${wait}`);
    await service.query("update order_mails set created_at = now() - interval '49 hours' where id = $1", [
      mail.id,
    ]);
    await makeDue(service);
    await deliver();
    t.match((await mailsOf(prepared, mail.purchaseOrderId))[0], {
      ...{ status: 'failed', note: /48 hours/, nextAttemptAt: null },
    });
  });

  t.test('a refused mail has failed, says why, and may be sent again', async (t) => {
    resendAnswer = json(422, { name: 'validation_error', message: 'Invalid `to` field' });
    const order = await sent(prepared);
    await deliver();
    const [failed] = await mailsOf(prepared, order.id);
    t.match(failed, {
      ...{
        status: 'failed',
        sentAt: null,
        note: /resend refused it .*Invalid `to` field.*send the order again/,
      },
      attempts: [{ provider: 'resend', outcome: 'permanent' }],
    });
    const [audit] = (await service.outbox('audit.entry-recorded.v1')).filter(
      ({ payload }) => payload.target.id === failed.id,
    );
    t.equal(audit?.payload.action, 'purchasing.order-mail.fail');
    await makeDue(service);
    const asked = resend.received.length;
    await deliver();
    t.equal(resend.received.length, asked, 'it is not tried again by itself');

    resendAnswer = json(200, { id: 'r-2' });
    const answers = await Promise.all([1, 2].map(() => step(buyer, order.id, 'send')));
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 409]);
    await deliver();
    t.match(await mailsOf(prepared, order.id), [{ status: 'sent', providerId: 'r-2' }, { status: 'failed' }]);
    t.not(
      resend.received.at(-1)?.headers['idempotency-key'],
      `order-mail/${failed.id}`,
      'it is another mail',
    );
  });

  t.test('that it was taken counts, even after the lease ran out', async (t) => {
    let taken = () => {};
    const asked = new Promise<void>((resolve) => {
      taken = resolve;
    });
    let answer = () => {};
    resendAnswer = (response) => {
      answer = () => json(200, { id: 'r-3' })(response);
      taken();
    };
    const order = await sent(prepared);
    const slow = deliver();
    await Promise.race([asked, slow]);
    await makeDue(service);
    t.equal((await step(buyer, order.id, 'send', { resend: true })).status, 200);
    answer();
    await slow;
    t.match((await mailsOf(prepared, order.id))[1], { status: 'sent', providerId: 'r-3', note: null });
  });
});

t.test('without a provider mails wait, and say so', async (t) => {
  const { service, prepared, deliver } = await startMailing(t);
  const order = await sent(prepared);
  await deliver();
  const [mail] = await mailsOf(prepared, order.id);
  t.match(mail, { status: 'queued', note: /no mail provider is set up \(MAIL_PROVIDERS\)/, attempts: [] });
  t.ok(Date.parse(mail.nextAttemptAt) > Date.now() + 50_000);
  const draftOrder = await draft(prepared);
  t.strictSame(await mailsOf(prepared, draftOrder.id), []);
  await service.query("update order_mails set created_at = now() - interval '49 hours'");
  await makeDue(service);
  await deliver();
  t.match(await mailsOf(prepared, order.id), [{ status: 'failed', note: /48 hours/ }]);
});
