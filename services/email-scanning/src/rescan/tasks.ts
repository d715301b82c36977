import { rescanRequested } from '@stockade/contracts';
import { inTenant } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import type { CleanUp, Service, Task } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';
import { rollReferences } from './reference-queries.ts';

type Rescanning = Pick<Service<EmailScanningDb>, 'db' | 'systemDb' | 'log'>;

/** Longer than a scan takes from its lookup to its verdict. */
const settleSeconds = 30;
/** Of one tenant at a time, and that once a second: new mail must not wait behind old. */
const batch = 100;
const everyMs = 1_000;

/** Puts the mail down for another scan that refers to what feeds have come to know. */
export async function findMessages(
  { db, systemDb, log }: Rescanning,
  { settle = settleSeconds } = {},
): Promise<void> {
  for (const { tenant_id: tenantId, id: feedId } of await queries.changedFeeds(systemDb, settle)) {
    const messages = await inTenant(db, tenantId, async (trx) => {
      const feed = await queries.lockChangedFeed(trx, feedId);
      if (!feed) return 0;
      const { generation, rescanned_generation: from } = feed;
      const found = await queries.putDownMessages(trx, { feedId, from, to: generation });
      await queries.noteLookedThrough(trx, feedId, generation);
      return found;
    });
    if (messages > 0)
      log.info({ tenantId, feed: feedId, messages }, 'Mail is scanned again for what a feed brought');
  }
}

/** Asks for the scans of what was put down, in bounded batches. */
export async function requestScans({ db, systemDb }: Rescanning): Promise<void> {
  for (const tenantId of await queries.tenantsWithPending(systemDb))
    await runWork(db, systemCaller(tenantId, 'email-scanning'), async (work) => {
      for (const { message_id: messageId, version } of await queries.takePending(work.trx, batch))
        work.emit(rescanRequested, {
          aggregateId: messageId,
          aggregateVersion: version,
          payload: { messageId, reason: 'feed' },
        });
    });
}

export const rescanTasks: readonly Task<EmailScanningDb>[] = [
  { name: 'find-messages-to-rescan', everyMs: 10_000, run: (service) => findMessages(service) },
  { name: 'request-rescans', everyMs, run: requestScans },
];

export const referenceCleanUp: CleanUp<EmailScanningDb> = {
  name: 'message-references',
  everyMs: 3_600_000,
  run: ({ systemDb }) => rollReferences(systemDb),
};
