import t from 'tap';
import { createSendGridProvider } from '../src/index.ts';
import { json, serveHttp } from './http-server.ts';
import { mailOf, signalOf } from './setup.ts';

const apiKey = 'SG.secret-key-of-the-test';

t.test('SendGrid is handed the whole mail', async (t) => {
  const { url, received } = await serveHttp(t, (response) =>
    response.writeHead(202, { 'x-message-id': 'sg-1' }).end(),
  );
  const provider = createSendGridProvider({ apiKey, url });
  t.teardown(() => provider.close?.());
  const mail = mailOf();
  t.same(await provider.send(mail, signalOf()), { providerId: 'sg-1' });
  t.equal(received.length, 1);
  const { method, path, headers, body } = received[0]!;
  t.match({ method, path }, { method: 'POST', path: '/v3/mail/send' });
  t.equal(headers.authorization, `Bearer ${apiKey}`);
  t.match(body, {
    personalizations: [{ to: mail.to }],
    from: mail.from,
    reply_to: mail.replyTo,
    subject: mail.subject,
    headers: { References: `<${mail.messageId}>` },
    custom_args: { message_id: mail.messageId, idempotency_key: mail.idempotencyKey },
  });
  t.same(
    body.content.map(({ type }: { type: string }) => type),
    ['text/plain', 'text/html'],
    'plain text comes first, as SendGrid demands',
  );
  for (const [index, { content, filename, contentType }] of mail.attachments.entries()) {
    const sent = body.attachments[index];
    t.match(sent, { filename, type: contentType, disposition: 'attachment' });
    t.ok(Buffer.from(sent.content, 'base64').equals(content));
  }
});

t.test('an empty part and absent fields are left out', async (t) => {
  const { url, received } = await serveHttp(t, (response) => response.writeHead(202).end());
  const provider = createSendGridProvider({ apiKey, url });
  t.teardown(() => provider.close?.());
  const { replyTo: _, ...mail } = mailOf({ html: '', attachments: [] });
  t.same(await provider.send(mail, signalOf()), { providerId: null });
  t.equal(received[0]?.body.content.length, 1);
  t.notOk('reply_to' in received[0]!.body);
  t.notOk('attachments' in received[0]!.body);
});

const errors = [{ message: 'Does not contain a valid address.', field: 'personalizations.0.to', help: null }];
for (const [status, kind] of [
  [400, 'permanent'],
  [413, 'permanent'],
  [401, 'misconfigured'],
  [403, 'misconfigured'],
  [500, 'temporary'],
  [200, 'misconfigured'],
] as const) {
  t.test(`SendGrid's ${status} is ${kind}`, async (t) => {
    const { url } = await serveHttp(t, json(status, { errors }));
    const provider = createSendGridProvider({ apiKey, url });
    t.teardown(() => provider.close?.());
    await t.rejects(provider.send(mailOf(), signalOf()), {
      kind,
      statusCode: status,
      message: `SendGrid answered ${status}: Does not contain a valid address. (personalizations.0.to)`,
    });
  });
}

t.test('SendGrid’s 429 says until when', async (t) => {
  const reset = String(Math.floor(Date.now() / 1_000) + 60);
  const { url } = await serveHttp(
    t,
    json(429, { errors: [{ field: null, message: 'too many requests' }] }, { 'x-ratelimit-reset': reset }),
  );
  const provider = createSendGridProvider({ apiKey, url });
  t.teardown(() => provider.close?.());
  const error = await provider.send(mailOf(), signalOf()).catch((error) => error);
  t.equal(error.kind, 'temporary');
  t.ok(error.retryAfterSeconds >= 58 && error.retryAfterSeconds <= 60, String(error.retryAfterSeconds));
});
