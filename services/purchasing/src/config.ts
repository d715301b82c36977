import { checkMailConfig, mailConfigFields } from '@stockade/outgoing-mail';
import { loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({
  ...serviceConfigFields,
  ...mailConfigFields,
  BANK_DETAILS_KEY: Secret('Bank details are sealed with it; the same as email-scanning’s'),
});
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = () => loadConfig(Config, checkMailConfig);
