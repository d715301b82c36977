import { createProviders, mailConfigFields, parseMailFrom } from '@stockade/outgoing-mail';
import { type LoadedConfig, loadConfig, Secret, serviceConfigFields } from '@stockade/service-kit';
import { type Static, Type } from 'typebox';

const Config = Type.Object({
  ...serviceConfigFields,
  ...mailConfigFields,
  BANK_DETAILS_KEY: Secret('Bank details are sealed with it; the same as email-scanning’s'),
});
export type Config = Static<typeof Config>;

/** This service's settings; a missing or bad one ends the process with a message before it listens. */
export async function readConfig(): Promise<LoadedConfig<typeof Config>> {
  const loaded = await loadConfig(Config);
  const { config } = loaded;
  try {
    createProviders(config);
    parseMailFrom(config.MAIL_FROM);
  } catch (error) {
    process.stderr.write(
      `Bad settings:\n  ${(error as Error).message}\nSee .env.example for what each setting means.\n`,
    );
    process.exit(1);
  }
  return loaded;
}
