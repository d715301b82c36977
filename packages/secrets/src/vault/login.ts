import { readFile } from 'node:fs/promises';
import { SecretsUnavailable } from '../provider.ts';
import type { VaultClient } from './client.ts';

/** How this process proves to Vault who it is. */
export type VaultLogin =
  | { kind: 'token'; token: string }
  /** Kept up to date by an agent: read anew each time. */
  | { kind: 'token-file'; path: string }
  | { kind: 'approle'; mount: string; roleId: string; secretIdFile: string };

export interface VaultTokens {
  get(): Promise<string>;
  /** Vault refuses it: the next one is got anew. */
  forget(): void;
}

/** A token is replaced when four fifths of its time are over. */
const usableShare = 0.8;

async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new SecretsUnavailable('forbidden', `${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

export function createVaultTokens(client: VaultClient, login: VaultLogin): VaultTokens {
  if (login.kind === 'token') return { get: async () => login.token, forget: () => {} };
  if (login.kind === 'token-file') return { get: () => readText(login.path), forget: () => {} };
  let held: { token: Promise<string>; until: number } | null = null;
  const obtain = async () => {
    const { status, body } = await client({
      method: 'POST',
      path: `auth/${login.mount}/login`,
      content: { role_id: login.roleId, secret_id: await readText(login.secretIdFile) },
    });
    const { client_token: token, lease_duration: seconds } =
      (body as { auth?: { client_token?: unknown; lease_duration?: unknown } } | null)?.auth ?? {};
    if (status === 400 || status === 403)
      throw new SecretsUnavailable('forbidden', `Vault refuses the AppRole (${status})`);
    if (status !== 200 || typeof token !== 'string' || typeof seconds !== 'number')
      throw new SecretsUnavailable('malformed', `Vault answers an AppRole login with ${status} and no token`);
    // No duration: it does not expire.
    if (held) held.until = seconds === 0 ? Infinity : Date.now() + seconds * 1_000 * usableShare;
    return token;
  };
  return {
    get() {
      if (held && held.until > Date.now()) return held.token;
      held = { token: obtain(), until: Infinity };
      held.token.catch(() => {
        held = null;
      });
      return held.token;
    },
    forget() {
      held = null;
    },
  };
}
