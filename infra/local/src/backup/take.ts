import { applyRetention, type BaseBackup, backupKeys, type Removed, takeBase } from '@stockade/backup';
import pg from 'pg';
import type { BackupInput } from './settings.ts';

export interface Taken {
  base: BaseBackup;
  removed: Removed;
}

/** Takes a base backup, then removes what is older than what is kept; one at a time for a database. */
export async function takeBackup(
  { url, key, previousKeys, folder, home, keepDays, maxBytes }: BackupInput,
  onProgress?: (file: { done: number; of: number }) => void,
): Promise<Taken> {
  const keys = backupKeys(key, previousKeys);
  const client = new pg.Client({ connectionString: url, application_name: 'stockade-backup' });
  // Losing the connection fails the query that waits for it.
  client.on('error', () => {});
  await client.connect();
  try {
    const base = await takeBase({ client, folder, keys, home, ...(onProgress && { onProgress }) });
    // Still under the server's lock.
    const removed = await applyRetention(base.repository, keys, { keepDays, maxBytes });
    return { base, removed };
  } finally {
    await client.end();
  }
}
