import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AcceptedSecrets, type SecretName, secretNames } from '../secrets.ts';
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

export function backupInput(
  settings: Settings,
  accepted: AcceptedSecrets,
  url: string,
  env: NodeJS.ProcessEnv,
): BackupInput {
  const values = accepted.values();
  const [key = '', ...previousKeys] = values.BACKUP_KEY;
  return {
    ...{ url, key, previousKeys },
    folder: settings.backups.folder,
    keepDays: settings.backups.keepDays,
    maxBytes: settings.backups.maxGb * gigabyte,
    home: { ...secretFiles(values, env), ...credentials(settings.home) },
  };
}

/**
 * The newest of the secrets, wherever they came from, and all others that are accepted: without them what is sealed in the database
 * does not open.
 */
export function secretFiles(
  values: Record<SecretName, string[]>,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const newest = secretNames.map((name) => [name, values[name][0]]);
  const earlier = secretNames.flatMap((name) => {
    const others = values[name].slice(1);
    return others.length > 0 ? [[`${name}_PREVIOUS`, others.join(',')]] : [];
  });
  if (env.MAIL_ENCRYPTION_KEYS_OLD) earlier.push(['MAIL_ENCRYPTION_KEYS_OLD', env.MAIL_ENCRYPTION_KEYS_OLD]);
  return {
    'secrets.json': text(newest),
    ...(earlier.length > 0 && { 'earlier-secrets.json': text(earlier) }),
  };
}

/** Whether a backup that has the files `kept` has these secrets, and no others. */
export const hasSecrets = (kept: Record<string, string>, files: Record<string, string>): boolean =>
  ['secrets.json', 'earlier-secrets.json'].every((name) => kept[name] === files[name]);

/** How to get in; without a demo tenant there are none. */
function credentials(home: string): Record<string, string> {
  try {
    return { 'credentials.json': readFileSync(join(home, 'credentials.json'), 'utf8') };
  } catch {
    return {};
  }
}

const text = (entries: (string | undefined)[][]) =>
  `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
