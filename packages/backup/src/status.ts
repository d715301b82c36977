import { readFile, rename, writeFile } from 'node:fs/promises';

/** How backups are, as the launcher writes it down for the gateway, which shows it. */
export interface BackupStatus {
  /** When this was written. */
  at: string;
  /** Since when backups are looked after; the first is not late at once. */
  since: string;
  /** When the newest complete base backup was begun. */
  lastBackupAt: string | null;
  /** Why the last one failed, if it did. */
  problem: string | null;
  archive: {
    /** All that was committed before is archived, as far as this run of the launcher knows. */
    until: string | null;
    waiting: number;
    waitingSince: string | null;
    problem: string | null;
  };
}

export async function writeStatus(path: string, status: BackupStatus): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(status)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Undefined when there is none yet. */
export async function readStatus(path: string): Promise<BackupStatus | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

const hourMs = 3_600_000;
const latestBackupMs = 26 * hourMs;
const latestFileMs = 5 * 60_000;
const latestStatusMs = 5 * 60_000;

/** What is wrong with the backups; nothing when all is well. */
export function problemsOf(status: BackupStatus | undefined, now: Date): string[] {
  if (!status) return ['nobody looks after backups'];
  const age = (since: string | null) => (since === null ? 0 : now.getTime() - Date.parse(since));
  const found: string[] = [];
  if (age(status.at) > latestStatusMs) found.push('nobody looks after backups');
  if (age(status.lastBackupAt ?? status.since) > latestBackupMs)
    found.push('the last backup is older than 26 hours');
  if (age(status.archive.waitingSince) > latestFileMs) found.push('the write-ahead log is not archived');
  return found;
}
