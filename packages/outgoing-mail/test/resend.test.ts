import t from 'tap';
import { createResendProvider } from '../src/index.ts';
import { json, serveHttp } from './http-server.ts';
import { mailOf, signalOf } from './setup.ts';

const apiKey = 're_secret-key-of-the-test';

t.test('Resend is handed the whole mail with its key', async (t) => {
  const { url, received } = await serveHttp(t, json(200, { id: 'resend-1' }));
  const provider = createResendProvider({ apiKey, url });
  t.teardown(() => provider.close?.());
  const mail = mailOf();
  t.same(await provider.send(mail, signalOf()), { providerId: 'resend-1' });
  const { method, path, headers, body } = received[0]!;
  t.match({ method, path }, { method: 'POST', path: '/emails' });
  t.match(headers, { authorization: `Bearer ${apiKey}`, 'idempotency-key': mail.idempotencyKey });
  t.match(body, {
    from: '"Stockade" <no-reply@stockade.test>',
    to: ['"Zoë \\"Z\\" Vendor" <orders@vendor.test>'],
    reply_to: 'po-42@reply.stockade.test',
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { References: `<${mail.messageId}>` },
  });
  for (const [index, { content, filename, contentType }] of mail.attachments.entries()) {
    t.match(body.attachments[index], { filename, content_type: contentType });
    t.ok(Buffer.from(body.attachments[index].content, 'base64').equals(content));
  }
});

for (const [status, name, kind, failOver] of [
  [400, 'validation_error', 'permanent', false],
  [422, 'invalid_attachment', 'permanent', false],
  [422, 'invalid_from_address', 'misconfigured', true],
  [401, 'missing_api_key', 'misconfigured', true],
  [403, 'invalid_api_key', 'misconfigured', true],
  [409, 'invalid_idempotent_request', 'permanent', false],
  [409, 'concurrent_idempotent_requests', 'temporary', false],
  [500, 'internal_server_error', 'temporary', true],
] as const) {
  t.test(`Resend's ${status} ${name} is ${kind}`, async (t) => {
    const { url } = await serveHttp(t, json(status, { statusCode: status, name, message: 'Because.' }));
    const provider = createResendProvider({ apiKey, url });
    t.teardown(() => provider.close?.());
    await t.rejects(provider.send(mailOf(), signalOf()), {
      kind,
      failOver,
      statusCode: status,
      message: `Resend answered ${status}: ${name}: Because.`,
    });
  });
}

for (const [value, seconds] of [
  ['7', 7],
  ['0', 1],
  ['99999999', 86_400],
  ['soon', null],
] as const) {
  t.test(`a 429 with retry-after ${value} waits ${seconds}`, async (t) => {
    const body = { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' };
    const { url } = await serveHttp(t, json(429, body, { 'retry-after': value }));
    const provider = createResendProvider({ apiKey, url });
    t.teardown(() => provider.close?.());
    const expected = { kind: 'temporary', retryAfterSeconds: seconds, message: /rate_limit/ };
    await t.rejects(provider.send(mailOf(), signalOf()), expected);
  });
}

t.test('a success whose answer breaks off is one; a page without an id is not', async (t) => {
  let broken = true;
  const { url } = await serveHttp(t, (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (!broken) return response.end('<html>Welcome</html>');
    response.write('{"id":');
    return setImmediate(() => response.destroy());
  });
  const provider = createResendProvider({ apiKey, url });
  t.teardown(() => provider.close?.());
  t.same(await provider.send(mailOf(), signalOf()), { providerId: null });
  broken = false;
  await t.rejects(provider.send(mailOf(), signalOf()), {
    kind: 'misconfigured',
    statusCode: 200,
    message: /200$/,
  });
});
