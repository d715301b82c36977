import type { CreateExportBody, Export } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { errors, type FieldProblem, toInstant } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { findItem } from '../items/queries.ts';
import { toJobCaller } from '../jobs/caller.ts';
import { findSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';

type Body = Static<typeof CreateExportBody>;

const maxUnfinished = 20;

/** Filters that a kind does not have are refused: dropped without a word, they would give the wrong file. */
function checkFilters({ kind, siteId, from, to }: Body): void {
  const problems: FieldProblem[] = [];
  if (kind === 'items' && siteId)
    problems.push({ path: '/siteId', message: 'is for balances and movements' });
  for (const [path, time] of [
    ['/from', from],
    ['/to', to],
  ] as const) {
    if (time === undefined) continue;
    if (kind !== 'movements') problems.push({ path, message: 'is for movements only' });
    toInstant(time, path);
  }
  if (from && to && Date.parse(from) > Date.parse(to))
    problems.push({ path: '/to', message: 'is before from' });
  if (problems.length > 0) throw errors.validation(problems);
}

export async function createExport(work: Work<InventoryDb>, { kind, ...filters }: Body): Promise<Export> {
  checkFilters({ kind, ...filters });
  const { itemId, siteId } = filters;
  if (itemId && !(await findItem(work.trx, itemId))) throw errors.notFound('Item', itemId);
  if (siteId && !(await findSite(work.trx, siteId))) throw errors.notFound('Site', siteId);
  if ((await queries.countUnfinished(work.trx)) >= maxUnfinished)
    throw errors.conflict(
      `${maxUnfinished} exports wait already: ask for this one when some of them are done.`,
    );
  const row = await queries.insertExport(work.trx, {
    ...{ tenant_id: work.tenantId, id: newId(), kind, filters: JSON.stringify(filters) },
    caller: JSON.stringify(toJobCaller(work.caller)),
    ...{ cursor: null, failure: null, lease: null, leased_until: null, finished_at: null },
  });
  // Data that leaves the system is on record.
  work.audit({
    action: 'inventory.export.create',
    target: { type: 'export', id: row.id },
    changes: changed(null, { kind, ...filters }),
  });
  return queries.toExport(row);
}

/** Whoever downloads an export is on record: it holds in one file what else is read page by page. */
export function noteDownload(work: Work<InventoryDb>, id: string): void {
  work.audit({ action: 'inventory.export.download', target: { type: 'export', id } });
}
