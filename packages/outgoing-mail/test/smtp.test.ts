import { makeCertificate } from '@stockade/testing/certificate';
import t from 'tap';
import { createSmtpProvider } from '../src/index.ts';
import { reply, serveMail } from './mail-server.ts';
import { mailOf, signalOf } from './setup.ts';

t.test('a mail arrives whole', async (t) => {
  const { url, mails } = await serveMail(t);
  const provider = createSmtpProvider({ url });
  t.teardown(() => provider.close?.());
  const mail = mailOf();
  t.same(await provider.send(mail, signalOf()), { providerId: '4F2A-1' });
  t.equal(mails.length, 1);
  const [received] = mails;
  t.match(received, {
    messageId: `<${mail.messageId}>`,
    from: { name: 'Stockade', address: 'no-reply@stockade.test' },
    to: [{ name: 'Zoë "Z" Vendor', address: 'orders@vendor.test' }],
    replyTo: [{ address: 'po-42@reply.stockade.test' }],
    subject: mail.subject,
    text: /^Please see the order\.\s*$/,
    html: /<p>Please see the order\.<\/p>/,
  });
  for (const [index, { content, filename }] of mail.attachments.entries()) {
    const attachment = received!.attachments[index]!;
    t.equal(attachment.filename, filename);
    t.equal(attachment.disposition, 'attachment');
    t.ok(Buffer.from(attachment.content as ArrayBuffer).equals(content), `${filename} is byte for byte`);
  }
});

t.test('the connection is upgraded, and only to a server that is known', async (t) => {
  const certificate = makeCertificate();
  const { url, mails, secured } = await serveMail(t, certificate);
  const trusting = createSmtpProvider({ url, requireTls: true, ca: certificate.cert });
  await trusting.send(mailOf(), signalOf());
  t.equal(secured(), true);
  const stranger = createSmtpProvider({ url, requireTls: true });
  await t.rejects(stranger.send(mailOf(), signalOf()), { kind: 'misconfigured', message: /^No safe/ });
  t.equal(mails.length, 1);
});

t.test('smtps speaks TLS from the start', async (t) => {
  const certificate = makeCertificate();
  const { port, secured } = await serveMail(t, { ...certificate, secure: true });
  const provider = createSmtpProvider({ url: `smtps://127.0.0.1:${port}`, ca: certificate.cert });
  await provider.send(mailOf(), signalOf());
  t.equal(secured(), true);
});

t.test('without STARTTLS nothing is said where it is required', async (t) => {
  const { port, mails } = await serveMail(t, { onAuth: () => t.fail('the password was sent') });
  const provider = createSmtpProvider({ url: `smtp://me:pw@127.0.0.1:${port}`, requireTls: true });
  await t.rejects(provider.send(mailOf(), signalOf()), { kind: 'misconfigured', message: /STARTTLS/ });
  t.equal(mails.length, 0);
});

t.test('a login is made, and its failure is a matter of the settings', async (t) => {
  const { port, mails } = await serveMail(t, {
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      if (username === 'me' && password === 'p@ss') return done(null, { user: 'me' });
      return done(reply(535, `No such login ${username}/${password}`));
    },
  });
  await createSmtpProvider({ url: `smtp://me:p%40ss@127.0.0.1:${port}` }).send(mailOf(), signalOf());
  t.equal(mails.length, 1);
  const error = await createSmtpProvider({ url: `smtp://me:hunter2@127.0.0.1:${port}` })
    .send(mailOf(), signalOf())
    .catch((error) => error);
  t.match(error, { kind: 'misconfigured', statusCode: 535 });
  t.match(error.message, 'me/***');
  t.notMatch(error.message, 'hunter2');
});
