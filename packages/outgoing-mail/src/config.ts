import { isHeldSecret } from '@stockade/service-kit/config';
import { type Static, Type } from 'typebox';
import { isEmail } from './check-mail.ts';
import type { Provider, ProviderName } from './provider.ts';
import { createResendProvider } from './resend.ts';
import { createSendGridProvider } from './sendgrid.ts';
import { createSmtpProvider } from './smtp.ts';

const name = '(sendgrid|resend|smtp)';

/** Settings of a process that sends mail. */
export const mailConfigFields = {
  MAIL_PROVIDERS: Type.String({
    default: '',
    pattern: `^(${name}( *, *${name})*)?$`,
    description: 'In the order in which they are tried; none when empty',
  }),
  SENDGRID_API_KEY: Type.Optional(Type.String({ minLength: 1, ...isHeldSecret })),
  SENDGRID_URL: Type.String({ default: 'https://api.sendgrid.com', pattern: '^https?://' }),
  RESEND_API_KEY: Type.Optional(Type.String({ minLength: 1, ...isHeldSecret })),
  RESEND_URL: Type.String({ default: 'https://api.resend.com', pattern: '^https?://' }),
  SMTP_URL: Type.Optional(
    Type.String({ pattern: '^smtps?://', description: 'With user and password', ...isHeldSecret }),
  ),
  MAIL_FROM: Type.String({ default: 'Stockade <no-reply@stockade.local>', minLength: 3, maxLength: 320 }),
  MAIL_TIMEOUT_MS: Type.Integer({ default: 10_000, minimum: 100, maximum: 120_000 }),
};
const MailConfig = Type.Object(mailConfigFields);
export type MailConfig = Static<typeof MailConfig>;

/** Throws an Error for settings that do not go together. It names the setting, never a value. */
export function checkMailConfig(config: MailConfig): void {
  createProviders(config);
  parseMailFrom(config.MAIL_FROM);
}

/** The providers named, in their order. Throws an Error that names the setting one lacks, never a value. */
export function createProviders(config: MailConfig): Provider[] {
  const names = config.MAIL_PROVIDERS.split(',').map((part) => part.trim());
  const wanted = names.filter((part) => part !== '') as ProviderName[];
  if (new Set(wanted).size < wanted.length) throw new Error('MAIL_PROVIDERS names a provider twice');
  return wanted.map((provider) => create(provider, config));
}

function create(provider: ProviderName, config: MailConfig): Provider {
  const setting = (key: 'SENDGRID_API_KEY' | 'RESEND_API_KEY' | 'SMTP_URL') => {
    const value = config[key];
    if (!value) throw new Error(`MAIL_PROVIDERS names ${provider}, but ${key} is missing`);
    return value;
  };
  switch (provider) {
    case 'sendgrid':
      return createSendGridProvider({ apiKey: setting('SENDGRID_API_KEY'), url: config.SENDGRID_URL });
    case 'resend':
      return createResendProvider({ apiKey: setting('RESEND_API_KEY'), url: config.RESEND_URL });
    case 'smtp':
      return createSmtpProvider({ url: setting('SMTP_URL'), timeoutMs: config.MAIL_TIMEOUT_MS });
    default:
      throw new Error(`MAIL_PROVIDERS names an unknown provider: ${provider satisfies never}`);
  }
}

/** `Name <a@b>` or `a@b`; the address is the name when there is none. Throws an Error for anything else. */
export function parseMailFrom(text: string): { name: string; email: string } {
  const [, quoted, plain, bracketed] = /^(?:"([^"]*)"|([^"<>]*?))\s*<([^<>]+)>$/.exec(text.trim()) ?? [];
  const email = bracketed ?? text.trim();
  const display = (quoted ?? plain ?? '').trim();
  if (!isEmail(email) || /\p{Cc}/u.test(display)) throw new Error('MAIL_FROM must be "Name <address>"');
  return { name: display || email, email };
}
