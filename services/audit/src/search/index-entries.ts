import { inTenant } from '@stockade/database';
import type { Service, Task } from '@stockade/service-kit';
import type { Kysely } from 'kysely';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';
import { termsOf } from './terms.ts';

const batchEntries = 500;
/** A log that grows fast is caught up with later: appending comes first. */
const batchesAtOnce = 4;
const tenantsAtOnce = 100;

function toIndexed(
  tenantId: string,
  { sequence, entry }: { sequence: string; entry: string },
): queries.Indexed[] {
  try {
    const parsed = JSON.parse(entry);
    return [{ sequence, occurredAt: parsed.occurredAt, terms: termsOf(tenantId, parsed) }];
  } catch {
    // It was tampered with, which verifying finds out; nothing else shall wait for it.
    return [];
  }
}

/** Puts the next entries of a log into the index. Gives whether there may be more. */
async function indexBatch(db: Kysely<AuditDb>, tenantId: string): Promise<boolean> {
  return inTenant(db, tenantId, async (trx) => {
    const { position: seen, size } = await queries.findProgress(trx, tenantId);
    if (size <= seen) return false;
    const position = await queries.lockPosition(trx, tenantId);
    const to = Math.max(position, Math.min(position + batchEntries, size));
    const rows = await queries.readEntries(trx, { after: position, to });
    await queries.insertTerms(
      trx,
      tenantId,
      rows.flatMap((row) => toIndexed(tenantId, row)),
    );
    await queries.setPosition(trx, tenantId, to);
    return to < size;
  });
}

/** Catches up with a log, as far as that does not take long. */
export async function indexNews(
  { db }: Pick<Service<AuditDb>, 'db'>,
  tenantId: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let batch = 0; batch < batchesAtOnce && !signal?.aborted; batch++)
    if (!(await indexBatch(db, tenantId))) return;
}

export const searchIndexTask: Task<AuditDb> = {
  name: 'audit-search-index',
  everyMs: 1_000,
  run: async (service, signal) => {
    for (const tenantId of await queries.listTenantsBehind(service.systemDb, tenantsAtOnce)) {
      if (signal.aborted) return;
      try {
        await indexNews(service, tenantId, signal);
      } catch (error) {
        service.log.error({ err: error, tenantId }, 'A log could not be indexed; it is tried again');
      }
    }
  },
};
