import { loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({
  ...serviceConfigFields,
  SESSION_SECRET: Secret('CSRF tokens are derived from it'),
  OPERATOR_KEY_HASH: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: "SHA-256 of the platform operator's key, in hex",
  }),
  MFA_ENCRYPTION_KEY: Secret('The secrets of authenticator apps are sealed with it'),
  MFA_ENCRYPTION_KEYS_OLD: Type.Optional(
    Type.String({ description: 'Earlier keys, separated by commas: they open what was sealed with them' }),
  ),
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
});
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = (): Config => loadConfig(Config);
