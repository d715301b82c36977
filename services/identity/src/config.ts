import { isHeldSecret, loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({
  ...serviceConfigFields,
  SESSION_SECRET: Secret('CSRF tokens are derived from it'),
  OPERATOR_KEY_HASH: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: "SHA-256 of the platform operator's key, in hex",
    ...isHeldSecret,
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
export const readConfig = () => loadConfig(Config);
