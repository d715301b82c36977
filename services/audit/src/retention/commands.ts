import type { AuditRetention, UpdateAuditRetentionBody } from '@stockade/contracts/audit';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';

/** Changes what is named and leaves the rest. */
export async function changeRetention(
  work: Work<AuditDb>,
  body: Static<typeof UpdateAuditRetentionBody>,
  ifMatch: number | null,
): Promise<AuditRetention> {
  await queries.lockRetention(work.trx);
  const row = await queries.lockSettings(work.trx, work.tenantId);
  checkVersion(row.version, ifMatch);
  const { version: _, updatedAt: __, ...before } = queries.toRetention(row);
  const after = { ...before, ...body };
  work.audit({
    action: 'audit.retention.update',
    target: { type: 'audit-retention', id: work.tenantId },
    changes: changed(before, after),
  });
  return queries.toRetention(await queries.updateSettings(work.trx, after));
}
