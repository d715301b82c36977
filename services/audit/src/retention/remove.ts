import { runWork, systemCaller } from '@stockade/messaging';
import type { Service } from '@stockade/service-kit';
import { isExportedWhole } from '../exports/queries.ts';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';
import { toRanges } from './rules.ts';

const tenantsAtOnce = 500;
/** Entries of one transaction: its locks are held for milliseconds, and its own entry names each of them. */
const batchSize = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Removes one batch of a tenant's entries beyond the given one, and tells so in the log, in one transaction. Gives their
 * sequences: none while the whole log is exported, which a later run makes up for.
 */
export async function removeBatch(
  { db }: Pick<Service<AuditDb>, 'db'>,
  tenantId: string,
  { after, limit }: { after: number; limit: number },
): Promise<number[]> {
  return runWork(db, systemCaller(tenantId, 'retention'), async (work) => {
    await queries.lockRetention(work.trx);
    if (await isExportedWhole(work.trx)) return [];
    const removed = await queries.removeExpired(work.trx, after, limit);
    if (removed.length === 0) return removed;
    work.audit({
      action: 'audit.entries.remove',
      target: { type: 'audit-log', id: tenantId },
      changes: {
        sequences: { before: toRanges(removed), after: null },
        count: { before: removed.length, after: 0 },
      },
    });
    return removed;
  });
}

/**
 * Removes what is over in every tenant's log. Replicas may do it at once: of two at one log the second waits, and finds
 * what is left. A log that fails keeps no other waiting. Gives how many payloads were removed.
 */
export async function removeExpiredEntries(
  service: Service<AuditDb>,
  signal: AbortSignal,
  limit = batchSize,
): Promise<number> {
  const failed: unknown[] = [];
  let count = 0;
  for (let last = beforeAll, full = true; full && !signal.aborted; ) {
    const tenants = await queries.listTenants(service.systemDb, last, tenantsAtOnce);
    for (const tenantId of tenants) {
      try {
        for (let after = 0, more = true; more && !signal.aborted; ) {
          const removed = await removeBatch(service, tenantId, { after, limit });
          count += removed.length;
          after = removed.at(-1) ?? after;
          more = removed.length === limit;
        }
      } catch (error) {
        failed.push(error);
        service.log.error({ err: error, tenantId }, 'Entries could not be removed; it is tried again');
      }
    }
    full = tenants.length === tenantsAtOnce;
    last = tenants.at(-1) ?? last;
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} logs could not be cleaned up`);
  return count;
}
