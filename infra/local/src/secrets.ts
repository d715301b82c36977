import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSecrets, type Secrets as ProvidedSecrets } from '@stockade/secrets';
import { createOperatorKey } from './operator-key.ts';
import { UserError } from './settings.ts';

const minimumLength = 32;

const password = () => randomBytes(32).toString('base64url');
const ed25519 = () =>
  toBase64(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const toBase64 = (text: string) => Buffer.from(text).toString('base64');

/** Every secret: its variable's name, and how development makes one. Keys are PKCS #8 PEM in base64. */
const generators = {
  DATABASE_PASSWORD: password,
  DATABASE_ROLES_SECRET: password,
  PRINCIPAL_PRIVATE_KEY: ed25519,
  AUDIT_SIGNING_KEY: ed25519,
  AUDIT_ENCRYPTION_KEY: password,
  SESSION_SECRET: password,
  MFA_ENCRYPTION_KEY: password,
  MAIL_ENCRYPTION_KEY: password,
  BANK_DETAILS_KEY: password,
  BACKUP_KEY: password,
  OPERATOR_KEY: createOperatorKey,
};
export type SecretName = keyof typeof generators;
export const secretNames = Object.keys(generators) as SecretName[];

export type Secrets = Record<SecretName, string>;

export function generateSecrets(): Secrets {
  return Object.fromEntries(secretNames.map((name) => [name, generators[name]()])) as Secrets;
}

interface LoadOptions {
  home: string;
  production: boolean;
  /** False when the database is somebody else's: its password is in DATABASE_URL. */
  embeddedDatabase: boolean;
  /** Whether backups are made, and have to be sealed. */
  backups: boolean;
  env: NodeJS.ProcessEnv;
}

/** What the provider that SECRETS_PROVIDER names has, and the environment where it has nothing. */
async function openProvided(env: NodeJS.ProcessEnv): Promise<ProvidedSecrets> {
  const wanted = secretNames.map((name) => ({
    name,
    isValid: (value: string) => value.length >= minimumLength,
  }));
  try {
    return await openSecrets(env, wanted);
  } catch (error) {
    throw new UserError(`Bad settings:\n${(error as Error).message}`);
  }
}

const heldNames = (secrets: ProvidedSecrets) => Object.keys(secrets.state().secrets);

/** The environment, with what the secrets' provider has in its place. */
async function withProvided(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (!env.SECRETS_PROVIDER) return env;
  const secrets = await openProvided(env);
  secrets.close();
  return { ...env, ...Object.fromEntries(heldNames(secrets).map((name) => [name, secrets.current(name)])) };
}

/** All values of the secrets that are accepted, as they are while the system runs. */
export interface AcceptedSecrets {
  /** By name, newest first; of what the launcher itself works with, first what it started with. */
  values(): Record<SecretName, string[]>;
  /** Reads them from their provider now. */
  refresh(): Promise<void>;
  close(): void;
}

/** The database's password and the key of the log's archive change with a restart alone. */
const untilRestart: readonly SecretName[] = ['DATABASE_PASSWORD', 'BACKUP_KEY'];

/** What the environment has of earlier values, newest first. */
export const previousOf = (env: NodeJS.ProcessEnv, name: SecretName): string[] =>
  (env[`${name}_PREVIOUS`] ?? '').split(',').flatMap((value) => value.trim() || []);

/** `secrets`: what the system started with. */
export async function openAccepted(secrets: Secrets, env: NodeJS.ProcessEnv): Promise<AcceptedSecrets> {
  const provided = await openProvided(env);
  const valuesOf = (name: SecretName): string[] => {
    const held = heldNames(provided).includes(name) ? provided.accepted(name) : [];
    const started = held.length === 0 || untilRestart.includes(name) ? [secrets[name]] : [];
    return [...new Set([...started, ...held, ...previousOf(env, name)])];
  };
  return {
    values: () =>
      Object.fromEntries(secretNames.map((name) => [name, valuesOf(name)])) as Record<SecretName, string[]>,
    refresh: () => provided.refresh(),
    close: () => provided.close(),
  };
}

const earlierFile = 'earlier-secrets.json';

/**
 * The environment, with the earlier secrets that a restore put into the home: services open with them what was sealed before a
 * rotation. In production all secrets come from outside.
 */
export function withEarlier({
  home,
  production,
  env,
}: Pick<LoadOptions, 'home' | 'production' | 'env'>): NodeJS.ProcessEnv {
  if (production) return env;
  const earlier = Object.entries(readKept<Record<string, string>>(join(home, earlierFile)));
  return { ...env, ...Object.fromEntries(earlier.filter(([name]) => !env[name])) };
}

/**
 * The system's secrets: from the provider that SECRETS_PROVIDER names and the environment, and in development the rest from `secrets.json` in the home, where those
 * that are missing are made and kept. In production nothing is made: every missing or short one is named.
 */
export async function loadSecrets({
  home,
  production,
  embeddedDatabase,
  backups,
  env: given,
}: LoadOptions): Promise<Secrets> {
  const env = await withProvided(given);
  const unused = new Set<SecretName>();
  if (!embeddedDatabase) unused.add('DATABASE_PASSWORD');
  if (!backups) unused.add('BACKUP_KEY');
  const needed = secretNames.filter((name) => !unused.has(name));
  const kept = production ? {} : loadKept(home, env);
  const secrets = { DATABASE_PASSWORD: '', BACKUP_KEY: '', ...kept } as Secrets;
  const problems: string[] = [];
  for (const name of needed) {
    secrets[name] = env[name] || kept[name] || '';
    if (secrets[name] === '') problems.push(`${name} is missing`);
    else if (secrets[name].length < minimumLength)
      problems.push(`${name} is shorter than ${minimumLength} characters`);
    else if (generators[name] === ed25519 && !isEd25519(secrets[name]))
      problems.push(`${name} is no Ed25519 private key (PKCS #8 PEM in base64)`);
  }
  if (problems.length === 0) return secrets;
  const advice = production
    ? 'In production no secret is generated. `sh scripts/node.sh infra/local/src/generate-secrets.ts` prints a fresh set.'
    : 'Unset them to have secrets generated.';
  throw new UserError(`Bad secrets:\n${problems.map((text) => `  ${text}`).join('\n')}\n${advice}`);
}

function loadKept(home: string, env: NodeJS.ProcessEnv): Partial<Secrets> {
  const path = join(home, 'secrets.json');
  const kept = readKept<Partial<Secrets>>(path);
  const missing = secretNames.filter((name) => !kept[name] && !env[name]);
  if (missing.length === 0) return kept;
  for (const name of missing) kept[name] = generators[name]();
  writeFileSync(`${path}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return kept;
}

/** A damaged file is not replaced: the database's data and the audit's signatures hang on it. */
function readKept<T extends object>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {} as T;
    throw new UserError(
      `${path} cannot be read (${(error as Error).message}): bring it back, or remove the whole folder to start afresh.`,
    );
  }
}

function isEd25519(key: string): boolean {
  try {
    return createPrivateKey(Buffer.from(key, 'base64').toString()).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** SPKI PEM in base64, as services take it. */
export function publicKeyOf(privateKey: string): string {
  const key = createPublicKey(createPrivateKey(Buffer.from(privateKey, 'base64').toString()));
  return toBase64(key.export({ type: 'spki', format: 'pem' }) as string);
}

/** What identity knows of the operator's key: SHA-256 in hex. */
export function operatorKeyHash(operatorKey: string): string {
  return createHash('sha256').update(operatorKey).digest('hex');
}
