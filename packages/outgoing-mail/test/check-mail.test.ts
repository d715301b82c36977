import t from 'tap';
import { createMailSender, type Mail, maxAttachmentBytes, maxRecipients } from '../src/index.ts';
import { collectLog, mailOf, scripted } from './setup.ts';

const email = 'a@vendor.test';
const file = { filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('a') };
const bad: [string, Partial<Mail>][] = [
  ['messageId', { messageId: 'a@b\r\nBcc: x@y' }],
  ['messageId', { messageId: '<a@b>' }],
  ['messageId', { messageId: 'a-b' }],
  ['idempotencyKey', { idempotencyKey: 'a\nb' }],
  ['idempotencyKey', { idempotencyKey: '' }],
  ['idempotencyKey', { idempotencyKey: 'k'.repeat(257) }],
  ['from.name', { from: { name: 'A\r\nBcc: x@y', email } }],
  ['from.email', { from: { name: 'A', email: 'a@b\r\nRCPT TO:<x@y>' } }],
  ['to', { to: [] }],
  ['to', { to: Array.from({ length: maxRecipients + 1 }, () => ({ email })) }],
  ['to[1].email', { to: [{ email }, { email: 'a@b.test, x@y.test' }] }],
  ['to[0].email', { to: [{ email: 'nobody' }] }],
  ['to[0].name', { to: [{ name: 'A\nB', email }] }],
  ['replyTo.name', { replyTo: { name: 'A\rB', email } }],
  ['replyTo.email', { replyTo: { email: 'a@b>' } }],
  ['subject', { subject: 'Order\r\nBcc: x@y' }],
  ['subject', { subject: '' }],
  ['text', { text: '', html: '' }],
  ['attachments[0].filename', { attachments: [{ ...file, filename: 'a"\r\nX: y' }] }],
  ['attachments[0].contentType', { attachments: [{ ...file, contentType: 'text/plain\nX: y' }] }],
  ['attachments', { attachments: Array.from({ length: 21 }, () => file) }],
  ['attachments', { attachments: [{ ...file, content: Buffer.alloc(maxAttachmentBytes + 1) }] }],
];

t.test('what must not leave is refused before anybody is asked', async (t) => {
  const provider = scripted('smtp', async () => ({ providerId: null }));
  const sender = createMailSender({ providers: [provider], log: collectLog() });
  for (const [field, changes] of bad)
    await t.rejects(sender.send(mailOf(changes)), { message: `The mail's ${field} cannot be sent` });
  t.equal(provider.sent, 0);
});

t.test('line breaks in the text are its own', async (t) => {
  const provider = scripted('smtp', async () => ({ providerId: null }));
  const sender = createMailSender({ providers: [provider], log: collectLog() });
  t.equal((await sender.send(mailOf({ text: 'a\r\nb\n\tc' }))).status, 'sent');
});
