import { checkName, type SecretProvider, toSet } from './provider.ts';

/** `NAME` is the value; `NAME_PREVIOUS` earlier ones that are still accepted, newest first, separated by commas. */
export function createEnvironmentProvider(env: NodeJS.ProcessEnv): SecretProvider {
  return {
    kind: 'env',
    async read(name) {
      checkName(name);
      const value = env[name];
      if (!value) return null;
      const previous = (env[`${name}_PREVIOUS`] ?? '').split(',').flatMap((text) => text.trim() || []);
      return toSet([
        { version: 'environment', value },
        ...previous.map((value, at) => ({ version: `environment-${at + 1}`, value })),
      ]);
    },
  };
}
