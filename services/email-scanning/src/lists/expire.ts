import { runWork, systemCaller } from '@stockade/messaging';
import type { Service, Task } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { removeExpired } from './commands.ts';
import { tenantsWithExpired } from './queries.ts';

const batch = 500;

/** Takes entries off whose time is over. */
export async function expireEntries({ db, systemDb }: Service<EmailScanningDb>): Promise<void> {
  for (const tenantId of await tenantsWithExpired(systemDb, new Date())) {
    const caller = systemCaller(tenantId, 'email-scanning');
    while ((await runWork(db, caller, (work) => removeExpired(work, batch))) === batch);
  }
}

/** Often: what the scanners keep in memory of the lists changes with the table only. */
export const listExpiryTask: Task<EmailScanningDb> = {
  name: 'list-entry-expiry',
  everyMs: 10_000,
  run: expireEntries,
};
