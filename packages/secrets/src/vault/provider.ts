import {
  checkName,
  maxPrevious,
  type SecretProvider,
  type SecretSet,
  SecretsUnavailable,
  toSet,
} from '../provider.ts';
import { createVaultClient, type VaultAnswer, type VaultClientOptions } from './client.ts';
import { createVaultTokens, type VaultLogin } from './login.ts';

export interface VaultOptions extends VaultClientOptions {
  login: VaultLogin;
  /** Where the KV version 2 engine is mounted. */
  mount: string;
  /** Below it there is one secret for each name. */
  path: string;
}

/** The key of a secret's data that holds its value. */
const field = 'value';

interface VersionState {
  created_time?: string;
  deletion_time?: string;
  destroyed?: boolean;
}

interface LiveVersion {
  number: number;
  since: number;
}

/** A deletion may also lie ahead (`delete_version_after`). */
const isLive = ({ deletion_time: deleted, destroyed }: VersionState, now: number) =>
  !destroyed && (!deleted || Date.parse(deleted) > now);

/**
 * Secrets of a KV version 2 engine. The newest version that is neither deleted nor destroyed is current, older live ones
 * are accepted: deleting a version in Vault ends its acceptance.
 */
export function createVaultProvider(options: VaultOptions): SecretProvider {
  const client = createVaultClient(options);
  const tokens = createVaultTokens(client, options.login);

  async function get(path: string): Promise<VaultAnswer> {
    for (let again = true; ; again = false) {
      const answer = await client({ method: 'GET', path, token: await tokens.get() });
      if (answer.status !== 403) return answer;
      // A token that expired or was revoked looks like one that may not: one more try with a new one.
      tokens.forget();
      if (!again) throw new SecretsUnavailable('forbidden', `Vault does not let this process read ${path}`);
    }
  }

  async function liveVersions(location: string): Promise<LiveVersion[]> {
    const { status, body } = await get(`${options.mount}/metadata/${location}`);
    if (status === 404) return [];
    const versions = (body as { data?: { versions?: Record<string, VersionState> } } | null)?.data?.versions;
    if (status !== 200 || typeof versions !== 'object' || versions === null)
      throw new SecretsUnavailable(
        'malformed',
        `Vault answers ${status} without the versions of ${location}`,
      );
    return Object.entries(versions)
      .filter(([, state]) => isLive(state, Date.now()))
      .map(([number, { created_time: created = '' }]) => ({
        number: Number(number),
        since: Date.parse(created),
      }))
      .sort((a, b) => b.number - a.number)
      .slice(0, maxPrevious + 1);
  }

  async function readVersion(location: string, { number, since }: LiveVersion) {
    const { status, body } = await get(`${options.mount}/data/${location}?version=${number}`);
    // Deleted since its state was read.
    if (status === 404) return null;
    const value = (body as { data?: { data?: Record<string, unknown> | null } } | null)?.data?.data?.[field];
    if (status !== 200 || typeof value !== 'string' || value === '')
      throw new SecretsUnavailable(
        'malformed',
        `Version ${number} of ${location} has no text in its key "${field}"`,
      );
    return { version: String(number), value, ...(Number.isFinite(since) ? { since } : {}) };
  }

  return {
    kind: 'vault',
    async read(name): Promise<SecretSet | null> {
      checkName(name);
      const location = `${options.path}/${name}`;
      const versions = await liveVersions(location);
      const read = await Promise.all(versions.map((version) => readVersion(location, version)));
      return toSet(read.filter((version) => version !== null));
    },
  };
}
