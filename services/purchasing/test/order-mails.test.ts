import { orderChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { serveMail } from '@stockade/outgoing-mail/test/mail-server';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { mailsOf, makeDue, sent, setContacts, startMailing } from './mailing.ts';
import { approved, draft, knowItem, step } from './service.ts';

t.test('an order on its way to its supplier', async (t) => {
  const server = await serveMail(t);
  const { service, prepared, deliver } = await startMailing(t, {
    MAIL_PROVIDERS: 'smtp',
    SMTP_URL: server.url,
  });
  const { buyer, approver, supplierId, siteId } = prepared;

  t.test('is sent at once, and its mail arrives with a PDF', async (t) => {
    const itemId = await knowItem(service, 'kg', { name: 'Гайка "M8" <b>&' });
    const order = await draft({ ...prepared, itemId }, '1234567.5');
    for (const [who, name] of [
      [buyer, 'submit'],
      [approver, 'approve'],
      [prepared.third, 'approve'],
    ] as const)
      await step(who, order.id, name);
    const message = 'Please confirm.\n<script>alert(1)</script>';
    const answer = await step(buyer, order.id, 'send', { message });
    t.match(answer, { status: 200, body: { status: 'sent', version: 5 } });
    const [queued] = await mailsOf(prepared, order.id);
    t.match(queued, {
      ...{ status: 'queued', to: ['ann@supplier.example'], subject: `Purchase order ${order.number}` },
      ...{ sentAt: null, provider: null, attempts: [], purchaseOrderId: order.id },
    });

    await deliver();
    const mail = server.mails.at(-1);
    t.match(mail, {
      messageId: `<${queued.id}@acme.example>`,
      from: { name: 'Acme & Co', address: 'orders@acme.example' },
      to: [{ name: 'Ann <Sales>', address: 'ann@supplier.example' }],
      subject: `Purchase order ${order.number}`,
    });
    t.match(mail?.html, '&lt;script&gt;alert(1)&lt;/script&gt;');
    t.match(mail?.html, 'Гайка &quot;M8&quot; &lt;b&gt;&amp;');
    t.notMatch(mail?.html, '<script');
    t.match(mail?.text, '<script>alert(1)</script>', 'plain text is as it was written');
    t.match(mail?.text, '1\u00a0234\u00a0567.5 kg at 12.50 = 15\u00a0432\u00a0093.75');
    t.match(mail?.text, 'Total: 15\u00a0432\u00a0093.75\u00a0EUR');
    const [pdf] = mail?.attachments ?? [];
    t.match(pdf, { filename: `${order.number}.pdf`, mimeType: 'application/pdf' });
    t.equal(Buffer.from(pdf?.content as ArrayBuffer).toString('latin1', 0, 5), '%PDF-');

    const [done] = await mailsOf(prepared, order.id);
    t.match(done, {
      ...{ status: 'sent', provider: 'smtp', providerId: '4F2A-1', nextAttemptAt: null, note: null },
      attempts: [{ provider: 'smtp', outcome: 'accepted', durationMs: Number, detail: null }],
    });
    t.ok(Date.parse(done.sentAt) >= Date.parse(done.attempts[0].startedAt));
    const count = server.mails.length;
    await deliver();
    t.equal(server.mails.length, count, 'once');

    const audits = (await service.outbox('audit.entry-recorded.v1')).map(({ payload }) => payload);
    const of = (id: string) => audits.filter(({ target }) => target.id === id);
    t.match(of(order.id).at(-1), {
      action: 'purchasing.purchase-order.send',
      actor: { id: buyer.personId },
      changes: { status: { before: 'approved', after: 'sent' }, mail: { after: { id: queued.id } } },
    });
    t.match(of(queued.id), [
      {
        action: 'purchasing.order-mail.deliver',
        actor: { type: 'system' },
        changes: { status: { before: 'queued', after: 'sent' } },
      },
    ]);
    t.equal(of(queued.id).length, 1);
    const told = (await service.outbox(orderChanged.type)).filter(
      ({ aggregateId }) => aggregateId === order.id,
    );
    t.match(told.at(-1), { aggregateVersion: 5, payload: { status: 'sent' } });
  });

  t.test('is sent from approved only', async (t) => {
    const order = await approved(prepared);
    for (const state of [
      'draft',
      'pending_approval',
      'partially_received',
      'received',
      'closed',
      'cancelled',
    ]) {
      await service.query('update purchase_orders set status = $2 where id = $1', [order.id, state]);
      t.match((await step(buyer, order.id, 'send', { resend: true })).body.error, {
        ...{ code: 'INVALID_STATE', statusCode: 409, details: { state, allowed: ['approved'] } },
      });
    }
    t.strictSame(await mailsOf(prepared, order.id), []);
    await service.query("update purchase_orders set status = 'approved' where id = $1", [order.id]);
    t.equal((await step(buyer, order.id, 'send', {}, { 'if-match': '"1"' })).status, 412);
    t.equal((await step(service.as('viewer'), order.id, 'send')).status, 403);
    t.equal((await step(buyer, order.id, 'send', {}, { 'if-match': '"3"' })).status, 200);
    await deliver();
  });

  t.test('two sends at once make one mail, as do two workers', async (t) => {
    const order = await approved(prepared);
    const answers = await Promise.all(
      [buyer, approver, buyer].map((caller) => step(caller, order.id, 'send')),
    );
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409]);
    t.match(answers.find(({ status }) => status === 409)?.body.error, {
      code: 'INVALID_STATE',
      message: /resend/,
      details: { state: 'sent', allowed: ['approved'] },
    });
    const before = server.mails.length;
    await Promise.all([deliver(), deliver(), deliver()]);
    t.equal(server.mails.length, before + 1);
    t.equal((await mailsOf(prepared, order.id)).length, 1);
    const keyed = await approved(prepared);
    const headers = { 'idempotency-key': 'send-once' };
    await step(buyer, keyed.id, 'send', {}, headers);
    t.match(await step(buyer, keyed.id, 'send', {}, headers), {
      status: 200,
      headers: { 'idempotency-replayed': 'true' },
    });
  });

  t.test('is sent again when somebody asks; a mail that waits gives way', async (t) => {
    const order = await sent(prepared);
    const answer = await step(buyer, order.id, 'send', { resend: true, to: ['new@supplier.example'] });
    t.match(answer, { status: 200, body: { status: 'sent', version: 4 } }, 'the order itself is as it was');
    t.match(await mailsOf(prepared, order.id), [
      { status: 'queued', to: ['new@supplier.example'] },
      { status: 'failed', note: /later mail/ },
    ]);
    const before = server.mails.length;
    await deliver();
    t.equal(server.mails.filter(({ to }) => to?.[0]?.address === 'new@supplier.example').length, 1);
    t.equal(server.mails.slice(before).filter(({ subject }) => subject?.includes(order.number)).length, 1);
    t.equal((await step(buyer, order.id, 'send')).status, 409, 'the latest was sent');
    t.equal((await step(buyer, order.id, 'send', { resend: true })).status, 200);
    await service.query(
      "update order_mails set lease = gen_random_uuid(), next_attempt_at = now() + interval '1 minute' where status = 'queued'",
    );
    const busy = await step(buyer, order.id, 'send', { resend: true });
    t.match(busy.body.error, { code: 'CONFLICT', message: /right now/ });
    await makeDue(service);
    await deliver();
  });

  t.test('is not mailed when it was cancelled meanwhile', async (t) => {
    const order = await sent(prepared);
    t.equal((await step(buyer, order.id, 'cancel')).status, 200);
    const before = server.mails.length;
    await deliver();
    t.equal(server.mails.length, before);
    t.match(await mailsOf(prepared, order.id), [{ status: 'failed', note: /cancelled/, attempts: [] }]);
  });

  t.test('goes to the contacts, or where the caller says', async (t) => {
    const contacts = Array.from({ length: 7 }, (_, at) => ({
      name: `C\r\n${at}`,
      email: `c${at}@supplier.example`,
    }));
    await setContacts(prepared, [{ name: 'C', email: 'C0@supplier.example' }, ...contacts]);
    const [mail] = await mailsOf(prepared, (await sent(prepared)).id);
    t.strictSame(
      mail.to,
      ['C0', 'c1', 'c2', 'c3', 'c4'].map((name) => `${name}@supplier.example`),
      'five at most, each once',
    );
    await deliver();
    t.match(server.mails.at(-1)?.to?.[1], { name: 'C 1' }, 'a name is one line');
    await setContacts(prepared, []);
    const order = await approved(prepared);
    const none = await step(buyer, order.id, 'send');
    t.match(none, { status: 409, body: { error: { code: 'CONFLICT', message: /has no contact.*add one/ } } });
    const to = ['x@supplier.example', 'y@supplier.example'];
    t.equal((await step(buyer, order.id, 'send', { to: [...to, 'no address'] })).status, 400);
    t.equal((await step(buyer, order.id, 'send', { to: [] })).status, 400);
    t.equal((await step(buyer, order.id, 'send', { to })).status, 200);
    t.strictSame((await mailsOf(prepared, order.id))[0].to, to);
    await buyer.patch(`/v1/purchasing/suppliers/${supplierId}`, { active: false });
    t.match((await step(buyer, order.id, 'send', { to, resend: true })).body.error, {
      code: 'INVALID_STATE',
      details: { state: 'inactive' },
    });
    await buyer.patch(`/v1/purchasing/suppliers/${supplierId}`, { active: true });
    await deliver();
  });

  t.test('an order of 500 lines is rendered', async (t) => {
    const { itemId } = prepared;
    const line = { itemId, quantity: '99999999', unitPrice: '0.123456' };
    const body = { supplierId, siteId, currency: 'JPY', lines: Array(500).fill(line) };
    const order = await buyer.post('/v1/purchasing/purchase-orders', body);
    await service.query("update purchase_orders set status = 'approved' where id = $1", [order.body.id]);
    t.equal((await step(buyer, order.body.id, 'send', { to: ['x@supplier.example'] })).status, 200);
    await deliver();
    t.match(server.mails.at(-1)?.text, '500. SKU');
    t.match(server.mails.at(-1)?.text, 'at 0.123456 = 12\u00a0345\u00a0600\n', 'yen have no decimals');
  });

  t.test('a mail that nobody could send has failed, and stops none of the others', async (t) => {
    const [bad, good] = [
      await sent(prepared, { to: ['x@y.example'] }),
      await sent(prepared, { to: ['x@y.example'] }),
    ];
    await service.query('update order_mails set recipients = $2 where purchase_order_id = $1', [
      bad.id,
      JSON.stringify([{ email: 'no address' }]),
    ]);
    await deliver();
    t.match(await mailsOf(prepared, bad.id), [{ status: 'failed', note: /cannot be sent as it is/ }]);
    t.match(await mailsOf(prepared, good.id), [{ status: 'sent' }]);
  });

  t.test("another tenant's order does not exist", async (t) => {
    const order = await approved(prepared);
    const stranger = service.as('owner', { tenantId: newId() });
    t.equal((await step(stranger, order.id, 'send', { to: ['x@y.example'] })).status, 404);
    t.equal((await stranger.get(`/v1/purchasing/purchase-orders/${order.id}/mails`)).status, 404);
    t.equal((await buyer.get(`/v1/purchasing/purchase-orders/${newId()}/mails`)).status, 404);
  });

  await isolationTest(t, service, ['order_mails', 'order_mail_attempts']);
});
