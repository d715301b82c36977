import { createProviders, mailConfigFields, parseMailFrom } from '@stockade/outgoing-mail';
import { loadConfig, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({ ...serviceConfigFields, ...mailConfigFields });
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export function readConfig(): Config {
  const config = loadConfig(Config);
  try {
    createProviders(config);
    parseMailFrom(config.MAIL_FROM);
  } catch (error) {
    process.stderr.write(
      `Bad settings:\n  ${(error as Error).message}\nSee .env.example for what each setting means.\n`,
    );
    process.exit(1);
  }
  return config;
}
