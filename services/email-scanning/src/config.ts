import {
  isHeldSecret,
  type LoadedConfig,
  loadConfig,
  Secret,
  serviceConfigFields,
} from '@stockade/service-kit';
import { type Static, Type } from 'typebox';
import { clamdAddress } from './antivirus/address.ts';
import { parseStoreUrl } from './storage/object-store.ts';

/** Settings of this service alone. */
export const mailFields = {
  MAIL_ENCRYPTION_KEY: Secret('Raw messages, and the credentials of mail sources, are sealed with it'),
  BANK_DETAILS_KEY: Secret('Copies of bank details are sealed with it; the same as purchasing’s'),
  MAIL_ENCRYPTION_KEYS_OLD: Type.Optional(
    Type.String({ description: 'Earlier keys, separated by commas: they open what was sealed with them' }),
  ),
  MAIL_STORE_URL: Type.Optional(
    Type.String({
      pattern: '^(s3|https)://',
      description: 'A bucket for raw messages; else the database',
      ...isHeldSecret,
    }),
  ),
  MAIL_RAW_DAYS: Type.Integer({
    default: 365,
    minimum: 31,
    maximum: 36_500,
    description: 'So long raw messages are kept; what was found in them stays',
  }),
  SMTP_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  SMTP_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  SMTP_NAME: Type.Optional(Type.String({ minLength: 1, description: 'How the SMTP server calls itself' })),
  SMTP_TLS_CERT: Type.Optional(
    Type.String({ minLength: 1, description: 'Path of a PEM file; for STARTTLS' }),
  ),
  SMTP_TLS_KEY: Type.Optional(Type.String({ minLength: 1, description: 'Path of a PEM file' })),
  SMTP_MAX_CONNECTIONS: Type.Integer({ default: 200, minimum: 1, maximum: 10_000 }),
  SMTP_MAX_CONNECTIONS_PER_IP: Type.Integer({ default: 20, minimum: 1, maximum: 10_000 }),
  IMAP_POLL_SECONDS: Type.Integer({ default: 60, minimum: 1, maximum: 3_600 }),
  IMAP_ALLOW_PRIVATE: Type.Boolean({
    default: false,
    description: 'Whether mailboxes may be on servers of private networks',
  }),
  AUTH_CHECKS: Type.Union([Type.Literal('dns'), Type.Literal('off')], {
    default: 'dns',
    description:
      'Whether SPF, DKIM, DMARC and ARC are checked here; trusted upstream results count with `dns` alone',
  }),
  DNS_SERVERS: Type.String({
    default: '',
    description: 'Addresses of DNS servers, separated by commas; without it those of the machine',
  }),
  CLAMD_URL: Type.Optional(
    Type.String({
      pattern: '^(unix://|tcp://|/)',
      description: 'Where clamd listens; without it nobody is asked',
    }),
  ),
  FEEDS_ALLOW_PRIVATE: Type.Boolean({
    default: false,
    description: 'Whether threat feeds may be fetched from servers of private networks',
  }),
};

const Config = Type.Object({ ...serviceConfigFields, ...mailFields });
const MailSettings = Type.Object(mailFields);
export type MailSettings = Static<typeof MailSettings>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export async function readConfig(): Promise<LoadedConfig<typeof Config>> {
  const loaded = await loadConfig(Config);
  const { config } = loaded;
  const problems: string[] = [];
  try {
    if (config.MAIL_STORE_URL) parseStoreUrl(config.MAIL_STORE_URL);
    if (config.CLAMD_URL) clamdAddress(config.CLAMD_URL);
  } catch (error) {
    problems.push((error as Error).message);
  }
  if ((config.SMTP_TLS_CERT === undefined) !== (config.SMTP_TLS_KEY === undefined))
    problems.push('SMTP_TLS_CERT and SMTP_TLS_KEY belong together');
  if (problems.length === 0) return loaded;
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  process.stderr.write(`Bad settings:\n${lines}\nSee .env.example for what each setting means.\n`);
  process.exit(1);
}
