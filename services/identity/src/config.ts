import { checkMailConfig, mailConfigFields } from '@stockade/outgoing-mail';
import { isHeldSecret, loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({
  ...serviceConfigFields,
  ...mailConfigFields,
  SESSION_SECRET: Secret('CSRF tokens, mailed links and device cookies are derived from it'),
  PUBLIC_URL: Type.String({
    default: 'http://localhost:8080',
    pattern: '^https?://[^\\s/?#]+(/[^\\s?#]*)?$',
    maxLength: 500,
    description: 'Where people reach Stockade: what links in mails begin with',
  }),
  OPERATOR_KEY_HASH: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: "SHA-256 of the platform operator's key, in hex",
    ...isHeldSecret,
  }),
  MFA_ENCRYPTION_KEY: Secret('The secrets of authenticator apps are sealed with it'),
  WEBAUTHN_RP_ID: Type.String({
    default: 'localhost',
    minLength: 1,
    maxLength: 253,
    description: 'The domain that passkeys belong to; another one makes all of them useless',
  }),
  WEBAUTHN_ORIGINS: Type.String({
    default: 'http://localhost:8080',
    pattern: '^https?://[^/,\\s]+(\\s*,\\s*https?://[^/,\\s]+)*$',
    description: 'Where the pages are from that may use passkeys, separated by commas',
  }),
  SESSION_HOURS: Type.Integer({
    default: 12,
    minimum: 1,
    maximum: 720,
    description: 'A session ends after so long, used or not',
  }),
  SESSION_IDLE_MINUTES: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 43_200,
    description: 'A session ends when it was not used for so long',
  }),
  SIGN_IN_SLOW_AFTER: Type.Integer({
    default: 10,
    minimum: 2,
    maximum: 1_000_000,
    description: 'After so many failed sign-ins to an account, further ones from unknown devices are slowed',
  }),
  SIGN_IN_SLOW_WINDOW_SECONDS: Type.Integer({
    default: 900,
    minimum: 1,
    maximum: 86_400,
    description: 'Within so long',
  }),
  FEATURE_FLAG_STALE_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3_650,
    description: 'A feature flag that nobody asked for or changed for so long is listed as stale',
  }),
});
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = () => loadConfig(Config, checkMailConfig);
