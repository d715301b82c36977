import { loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';
import { parseWitnesses } from './witnesses/settings.ts';

const Config = Type.Object({
  ...serviceConfigFields,
  AUDIT_SIGNING_KEY: Secret('Ed25519, PKCS #8 PEM in base64: signs checkpoints'),
  AUDIT_ENCRYPTION_KEY: Secret('The secrets of SIEM streams are sealed with it'),
  AUDIT_LOG_ORIGIN: Type.String({
    pattern: '^[^\\s+]{1,200}$',
    description: 'Names the logs in their checkpoints',
  }),
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: Type.Integer({ default: 1, minimum: 1, maximum: 10 }),
  AUDIT_WITNESSES: Type.String({
    default: '',
    maxLength: 10_000,
    description: 'Cosigning witnesses: `<verifier key> <URL>`, and others after commas',
  }),
  AUDIT_WITNESS_TIMEOUT_SECONDS: Type.Integer({ default: 5, minimum: 1, maximum: 30 }),
  SIEM_ALLOW_PRIVATE: Type.Boolean({
    default: false,
    description: 'Whether the audit may be streamed to servers of private networks, and without TLS',
  }),
  SIEM_PAUSE_AFTER_HOURS: Type.Integer({
    default: 24,
    minimum: 1,
    maximum: 720,
    description: 'A stream whose receiver failed for so long is paused',
  }),
});
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = () =>
  loadConfig(Config, ({ AUDIT_WITNESSES }) => void parseWitnesses(AUDIT_WITNESSES));
