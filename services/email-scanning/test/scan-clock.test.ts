import t from 'tap';
import { knowSupplier, letter, rfc822, scanAccepted, start } from './service.ts';

t.test('a mail that came while the clock was early is judged in its time', async (t) => {
  const service = await start(t);
  await knowSupplier(service, 'PO-2026-000042');
  const caller = service.as('operator');
  // An order that is newer than all that are known: its news may be on their way, and the mail waits for them.
  const sent = await caller.post(
    '/v1/mail/messages',
    letter({ subject: 'Your order PO-2026-000043', body: 'About your order PO-2026-000043.' }),
    rfc822,
  );
  await service.query("update messages set received_at = now() + interval '1 hour' where id = $1", [
    sent.body.id,
  ]);
  const started = performance.now();
  await scanAccepted(service, sent.body.id);
  t.ok(performance.now() - started < 20_000, 'soon, and not in an hour');
  t.match((await caller.get(`/v1/mail/messages/${sent.body.id}`)).body, { status: 'scanned' });
});
