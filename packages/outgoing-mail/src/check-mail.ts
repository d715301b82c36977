import type { Address, Mail } from './mail.ts';

// What every provider takes: Resend 50 recipients, SendGrid 30 MB a message (20 MiB are 27 MiB in base64).
export const maxRecipients = 50;
export const maxAttachments = 20;
export const maxAttachmentBytes = 20 * 1024 * 1024;

const control = /\p{Cc}/u;
// One "@" with printable ASCII other than angle brackets on both sides.
const messageIdPattern = /^[!-;=?A-~]+@[!-;=?A-~]+$/;
const maxMessageIdLength = 250;
const keyPattern = /^[!-~]{1,256}$/;
// Without the characters that would make it two addresses, or another one, where it is written into a header.
const emailPattern = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/;
const typePattern = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

export const isEmail = (text: string): boolean =>
  text.length <= 254 && !control.test(text) && emailPattern.test(text);

/**
 * Throws an Error (a fault of the caller, not a provider's) for a mail that must not leave: a line break or another
 * control character in what becomes a header, an address that is none, or more than any provider takes. It names the
 * field, never its value.
 */
export function checkMail(mail: Mail): void {
  demand(mail.messageId.length <= maxMessageIdLength && messageIdPattern.test(mail.messageId), 'messageId');
  demand(keyPattern.test(mail.idempotencyKey), 'idempotencyKey');
  checkAddress(mail.from, 'from');
  demand(mail.to.length >= 1 && mail.to.length <= maxRecipients, 'to');
  for (const [index, address] of mail.to.entries()) checkAddress(address, `to[${index}]`);
  if (mail.replyTo) checkAddress(mail.replyTo, 'replyTo');
  demand(mail.subject !== '' && !control.test(mail.subject), 'subject');
  demand(mail.text !== '' || mail.html !== '', 'text');
  checkAttachments(mail);
}

function checkAddress({ name, email }: Address, field: string): void {
  demand(isEmail(email), `${field}.email`);
  demand(name === undefined || !control.test(name), `${field}.name`);
}

function checkAttachments({ attachments }: Mail): void {
  demand(attachments.length <= maxAttachments, 'attachments');
  let bytes = 0;
  for (const [index, { filename, contentType, content }] of attachments.entries()) {
    demand(filename !== '' && !control.test(filename), `attachments[${index}].filename`);
    demand(typePattern.test(contentType), `attachments[${index}].contentType`);
    bytes += content.length;
  }
  demand(bytes <= maxAttachmentBytes, 'attachments');
}

function demand(holds: boolean, field: string): void {
  if (!holds) throw new Error(`The mail's ${field} cannot be sent`);
}
