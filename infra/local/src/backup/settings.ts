import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SecretName, type Secrets, secretNames } from '../secrets.ts';
import type { Settings } from '../settings.ts';

/** What a process of its own needs to take a backup; it goes there as JSON on standard input. */
export interface BackupInput {
  /** Of the superuser. */
  url: string;
  folder: string;
  key: string;
  previousKeys: string[];
  keepDays: number;
  maxBytes: number;
  /** Files of STOCKADE_HOME that go with it, by name. */
  home: Record<string, string>;
}

export const gigabyte = 1024 ** 3;

export const previousKeys = (env: NodeJS.ProcessEnv): string[] =>
  (env.BACKUP_KEY_PREVIOUS ?? '').split(',').filter((key) => key !== '');

export function backupInput(
  settings: Settings,
  secrets: Secrets,
  url: string,
  env: NodeJS.ProcessEnv,
): BackupInput {
  return {
    url,
    folder: settings.backups.folder,
    key: secrets.BACKUP_KEY,
    previousKeys: previousKeys(env),
    keepDays: settings.backups.keepDays,
    maxBytes: settings.backups.maxGb * gigabyte,
    home: homeFiles(settings.home, secrets, env),
  };
}

/**
 * The secrets in use, wherever they came from: what is sealed in the database does not open without them, nor do earlier ones
 * of which something may still be sealed. And how to get in.
 */
function homeFiles(home: string, secrets: Secrets, env: NodeJS.ProcessEnv): Record<string, string> {
  const used = Object.fromEntries(secretNames.map((name: SecretName) => [name, secrets[name]]));
  const earlier = [...secretNames.map((name) => `${name}_PREVIOUS`), 'MAIL_ENCRYPTION_KEYS_OLD'].flatMap(
    (name) => (env[name] ? [[name, env[name]]] : []),
  );
  const files: Record<string, string> = { 'secrets.json': text(used) };
  if (earlier.length > 0) files['earlier-secrets.json'] = text(Object.fromEntries(earlier));
  try {
    files['credentials.json'] = readFileSync(join(home, 'credentials.json'), 'utf8');
  } catch {
    // Without a demo tenant there are none.
  }
  return files;
}

const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
