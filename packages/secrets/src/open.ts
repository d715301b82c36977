import { createEnvironmentProvider } from './environment.ts';
import { createFileProvider } from './files.ts';
import type { SecretProvider } from './provider.ts';
import { createSecrets, type Secrets, type WantedSecret } from './store.ts';

/** A setting of the secrets themselves is wrong. Its message names it, never a value. */
export class SecretSettingsError extends Error {
  override name = 'SecretSettingsError';
}

/** Opens the provider that SECRETS_PROVIDER names and reads the wanted secrets from it; see .env.example. */
export async function openSecrets(env: NodeJS.ProcessEnv, wanted: readonly WantedSecret[]): Promise<Secrets> {
  const seconds = Number(env.SECRETS_CACHE_SECONDS || 60);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    throw new SecretSettingsError('  SECRETS_CACHE_SECONDS must be a whole number from 1 to 86400');
  const environment = createEnvironmentProvider(env);
  const provider = await chooseProvider(env, environment);
  return createSecrets({ provider, fallback: environment, wanted, cacheMs: seconds * 1_000 });
}

async function chooseProvider(env: NodeJS.ProcessEnv, environment: SecretProvider): Promise<SecretProvider> {
  switch (env.SECRETS_PROVIDER || 'env') {
    case 'env':
      return environment;
    case 'file':
      return createFileProvider(env.SECRETS_DIR || '/run/secrets');
    case 'vault': {
      const { createVaultProvider } = await import('./vault/provider.ts');
      const { readVaultSettings } = await import('./vault/settings.ts');
      try {
        return createVaultProvider(readVaultSettings(env));
      } catch (error) {
        throw new SecretSettingsError((error as Error).message);
      }
    }
    default:
      throw new SecretSettingsError('  SECRETS_PROVIDER must be env, file or vault');
  }
}
