import { loadConfig, serviceConfigFields } from '@stockade/service-kit';
import { Type } from 'typebox';

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export const readConfig = () => loadConfig(Type.Object({ ...serviceConfigFields }));
