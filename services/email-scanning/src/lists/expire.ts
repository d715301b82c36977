import { runWork, systemCaller } from '@stockade/messaging';
import type { CleanUp, Service } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import { removeExpired } from './commands.ts';
import { tenantsWithExpired } from './queries.ts';

const batch = 500;

/** Takes entries off whose time is over. */
export async function expireEntries({ db, systemDb }: Service<EmailScanningDb>): Promise<number> {
  let removed = 0;
  for (const tenantId of await tenantsWithExpired(systemDb, new Date())) {
    const caller = systemCaller(tenantId, 'email-scanning');
    for (let found = batch; found === batch; ) {
      found = await runWork(db, caller, (work) => removeExpired(work, batch));
      removed += found;
    }
  }
  return removed;
}

/** Often: what the scanners keep in memory of the lists changes with the table only. */
export const expiredListEntries: CleanUp<EmailScanningDb> = {
  name: 'list-entry-expiry',
  everyMs: 10_000,
  run: expireEntries,
};
