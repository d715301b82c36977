import { checkMailConfig, mailConfigFields } from '@stockade/outgoing-mail';
import { loadConfig, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({ ...serviceConfigFields, ...mailConfigFields });
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = (): Config => loadConfig(Config, checkMailConfig);
