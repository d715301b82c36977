import type { VaultLogin } from './login.ts';
import type { VaultOptions } from './provider.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);
const place = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** The settings that say where Vault is and how to sign in. Throws an Error that names what is wrong, never a value. */
export function readVaultSettings(env: NodeJS.ProcessEnv): VaultOptions {
  const problems: string[] = [];
  const at = (name: string, otherwise: string) => {
    const value = env[name] || otherwise;
    if (!place.test(value)) problems.push(`${name} must be names between slashes`);
    return value;
  };
  const timeoutMs = Number(env.VAULT_TIMEOUT_MS || 2_000);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 50 || timeoutMs > 30_000)
    problems.push('VAULT_TIMEOUT_MS must be a whole number from 50 to 30000');
  const login = readLogin(env, at('VAULT_APPROLE_MOUNT', 'approle'));
  if (!login)
    problems.push(
      'one of VAULT_TOKEN_FILE, VAULT_ROLE_ID with VAULT_SECRET_ID_FILE, or VAULT_TOKEN is needed',
    );
  const address = readAddress(env.VAULT_ADDR ?? '');
  if (!address) problems.push('VAULT_ADDR must be an https:// URL (http:// only for this machine itself)');
  const options = { mount: at('VAULT_MOUNT', 'secret'), path: at('VAULT_PATH', 'stockade') };
  if (problems.length > 0 || !login || !address)
    throw new Error(problems.map((text) => `  ${text}`).join('\n'));
  return { ...options, address, namespace: env.VAULT_NAMESPACE || undefined, timeoutMs, login };
}

/** Without TLS secrets would be read by whoever is on the way. */
function readAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, origin } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname)) ? origin : null;
}

function readLogin(env: NodeJS.ProcessEnv, mount: string): VaultLogin | null {
  const { VAULT_TOKEN_FILE: path, VAULT_ROLE_ID: roleId, VAULT_SECRET_ID_FILE: secretIdFile } = env;
  if (path) return { kind: 'token-file', path };
  if (roleId && secretIdFile) return { kind: 'approle', mount, roleId, secretIdFile };
  return env.VAULT_TOKEN ? { kind: 'token', token: env.VAULT_TOKEN } : null;
}
