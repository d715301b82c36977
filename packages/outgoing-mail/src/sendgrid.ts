import { formsOf, safeDetail } from './detail.ts';
import { type Answer, createPoster } from './http.ts';
import { kindOfStatus, rateLimitReset, retryAfter } from './http-failure.ts';
import type { Mail } from './mail.ts';
import { type Provider, ProviderError } from './provider.ts';

export interface SendGridOptions {
  apiKey: string;
  url?: string;
}

/** SendGrid's v3 mail/send, which answers 202. It knows no idempotency key: a mail asked for twice is sent twice. */
export function createSendGridProvider({
  apiKey,
  url = 'https://api.sendgrid.com',
}: SendGridOptions): Provider {
  const poster = createPoster(url);
  const secrets = formsOf(apiKey);
  return {
    name: 'sendgrid',
    async send(mail, signal) {
      const headers = { authorization: `Bearer ${apiKey}` };
      const answer = await poster.post('/v3/mail/send', headers, payloadOf(mail), signal);
      // A 200 is the sandbox, which sends nothing, or not SendGrid at all.
      if (answer.statusCode === 202) return { providerId: answer.header('x-message-id') };
      throw new ProviderError(
        kindOfStatus(answer.statusCode),
        safeDetail(`SendGrid answered ${answer.statusCode}${reasonOf(answer)}`, secrets),
        { statusCode: answer.statusCode, retryAfterSeconds: retryAfter(answer) ?? rateLimitReset(answer) },
      );
    },
    close: () => poster.close(),
  };
}

/**
 * SendGrid makes the Message-ID itself. Ours goes into References, which an answer to the mail repeats, and into
 * custom_args (10,000 bytes at most), which events repeat.
 */
function payloadOf(mail: Mail): unknown {
  const content = [
    { type: 'text/plain', value: mail.text },
    { type: 'text/html', value: mail.html },
  ];
  return {
    personalizations: [{ to: mail.to }],
    from: mail.from,
    ...(mail.replyTo ? { reply_to: mail.replyTo } : {}),
    subject: mail.subject,
    // An empty part is refused.
    content: content.filter(({ value }) => value !== ''),
    ...(mail.attachments.length > 0 ? { attachments: mail.attachments.map(attachmentOf) } : {}),
    headers: { References: `<${mail.messageId}>` },
    custom_args: { message_id: mail.messageId, idempotency_key: mail.idempotencyKey },
  };
}

const attachmentOf = ({ filename, contentType, content }: Mail['attachments'][number]) => ({
  content: content.toString('base64'),
  type: contentType,
  filename,
  disposition: 'attachment',
});

/** `{ errors: [{ message, field, help }] }`; the first says enough. */
function reasonOf({ body }: Answer): string {
  const { errors } = (body ?? {}) as { errors?: { message?: unknown; field?: unknown }[] };
  const first = Array.isArray(errors) ? errors[0] : undefined;
  if (typeof first?.message !== 'string') return '';
  return `: ${first.message}${typeof first.field === 'string' ? ` (${first.field})` : ''}`;
}
