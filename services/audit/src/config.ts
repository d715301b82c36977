import { loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({
  ...serviceConfigFields,
  AUDIT_SIGNING_KEY: Secret('Ed25519, PKCS #8 PEM in base64: signs checkpoints'),
  AUDIT_LOG_ORIGIN: Type.String({
    pattern: '^[^\\s+]{1,200}$',
    description: 'Names the logs in their checkpoints',
  }),
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: Type.Integer({ default: 1, minimum: 1, maximum: 10 }),
});
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = () => loadConfig(Config);
