import { formsOf, safeDetail } from './detail.ts';
import { type Answer, createPoster } from './http.ts';
import { kindOfStatus, retryAfter } from './http-failure.ts';
import type { Address, Mail } from './mail.ts';
import { type Provider, ProviderError } from './provider.ts';

export interface ResendOptions {
  apiKey: string;
  url?: string;
}

/** Resend's `POST /emails`. A mail asked for again with its key within 24 hours is not sent again. */
export function createResendProvider({ apiKey, url = 'https://api.resend.com' }: ResendOptions): Provider {
  const poster = createPoster(url);
  const secrets = formsOf(apiKey);
  return {
    name: 'resend',
    async send(mail, signal) {
      const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': mail.idempotencyKey };
      const answer = await poster.post('/emails', headers, payloadOf(mail), signal);
      const { id } = (answer.body ?? {}) as { id?: unknown };
      const accepted = answer.statusCode === 200 || answer.statusCode === 201;
      if (accepted && typeof id === 'string') return { providerId: id };
      // Accepted, and the rest of the answer was lost. A whole answer without an id is not Resend's.
      if (accepted && !answer.complete) return { providerId: null };
      throw failureOf(answer, secrets);
    },
    close: () => poster.close(),
  };
}

const payloadOf = (mail: Mail) => ({
  from: mailboxOf(mail.from),
  to: mail.to.map(mailboxOf),
  ...(mail.replyTo ? { reply_to: mailboxOf(mail.replyTo) } : {}),
  subject: mail.subject,
  text: mail.text,
  ...(mail.html ? { html: mail.html } : {}),
  ...(mail.attachments.length > 0 ? { attachments: mail.attachments.map(attachmentOf) } : {}),
  // The Message-ID is made by Resend; an answer to the mail repeats References.
  headers: { References: `<${mail.messageId}>` },
});

/** RFC 5322: a name in quotes may hold anything but a bare quote or backslash. */
const mailboxOf = ({ name, email }: Address) =>
  name ? `"${name.replace(/["\\]/g, '\\$&')}" <${email}>` : email;

const attachmentOf = ({ filename, contentType, content }: Mail['attachments'][number]) => ({
  filename,
  content: content.toString('base64'),
  content_type: contentType,
});

/** `{ statusCode, name, message }`: https://resend.com/docs/api-reference/errors */
function failureOf(answer: Answer, secrets: readonly string[]): ProviderError {
  const { name, message } = (answer.body ?? {}) as { name?: unknown; message?: unknown };
  const reason = [name, message].filter((part) => typeof part === 'string').join(': ');
  const detail = safeDetail(`Resend answered ${answer.statusCode}${reason && `: ${reason}`}`, secrets);
  const facts = { statusCode: answer.statusCode, retryAfterSeconds: retryAfter(answer) };
  // Another request with this key is under way and may succeed: elsewhere the mail would go out a second time.
  if (name === 'concurrent_idempotent_requests')
    return new ProviderError('temporary', detail, { ...facts, failOver: false });
  // The sender is a setting, not the mail's.
  if (name === 'invalid_from_address') return new ProviderError('misconfigured', detail, facts);
  return new ProviderError(kindOfStatus(answer.statusCode), detail, facts);
}
