export { createEnvironmentProvider } from './environment.ts';
export { createFileProvider } from './files.ts';
export { openSecrets, SecretSettingsError } from './open.ts';
export {
  type SecretProvider,
  type SecretSet,
  SecretsUnavailable,
  type SecretVersion,
} from './provider.ts';
export { createSealer, keyIdOf, SealError, type Sealer, type SealingKeys, sealerOf } from './seal.ts';
export {
  fixedSecrets,
  type Secrets,
  type SecretsObserver,
  type SecretsReport,
  type SecretsState,
  type WantedSecret,
} from './store.ts';
