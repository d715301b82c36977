import type { AuditExport, CreateAuditExportBody } from '@stockade/contracts/audit';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { countChunks, errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { checkFilters } from '../entries/filters.ts';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';

const maxUnfinished = 10;
const maxBytes = 8 * 1024 ** 3;

/** Asks for an export; it is made in the background. */
export async function createExport(
  work: Work<AuditDb>,
  { format, since, ...filters }: Static<typeof CreateAuditExportBody>,
): Promise<AuditExport> {
  checkFilters(filters);
  if (since !== undefined && format === 'csv')
    throw errors.validation([{ path: '/since', message: 'is for the format ndjson' }]);
  const { unfinished, bytes } = await queries.lockUsage(work.trx, work.tenantId);
  if (unfinished >= maxUnfinished)
    throw errors.conflict(
      `${maxUnfinished} exports wait already: ask for this one when some of them are done.`,
    );
  if (bytes >= maxBytes)
    throw errors.conflict(
      'There are 8 GiB of exports already: ask for this one when some of them are past their days.',
    );
  const row = await queries.insertExport(work.trx, {
    ...{ tenant_id: work.tenantId, id: newId(), format, filters: JSON.stringify(filters) },
    since: since === undefined ? null : String(since),
  });
  // Data that leaves the system is on record.
  work.audit({
    action: 'audit.export.create',
    target: { type: 'audit-export', id: row.id },
    changes: changed(null, { format, since, ...filters }),
  });
  return queries.toExport(row);
}

/** A completed export that somebody reads, which goes on record. Gives what it is called, and its pieces. */
export async function readExport(
  work: Work<AuditDb>,
  id: string,
): Promise<{ row: queries.ExportRecord; chunks: number }> {
  const row = await queries.findExport(work.trx, id);
  if (!row) throw errors.notFound('Export', id);
  if (row.status !== 'completed')
    throw errors.invalidState({ what: `Export ${id}`, state: row.status, allowed: ['completed'] });
  work.audit({ action: 'audit.export.download', target: { type: 'audit-export', id } });
  return { row, chunks: await countChunks(work.trx, id) };
}
