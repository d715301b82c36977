import { inTenant, removeInBatches } from '@stockade/database';
import {
  type CleanUp,
  checkInterrupted,
  deleteExpiredExports,
  holdLease,
  type JobKind,
  workOffTask,
} from '@stockade/service-kit';
import type { Transaction } from 'kysely';
import { countingOf } from '../cycle-counts/blindness.ts';
import { fromJobCaller } from '../jobs/caller.ts';
import type { ExportTable, InventoryDb } from '../tables.ts';
import { balances } from './balances.ts';
import { toChunks } from './csv.ts';
import { items } from './items.ts';
import type { ExportKind } from './kind.ts';
import { movements } from './movements.ts';
import * as queries from './queries.ts';

const kinds: Record<ExportTable['kind'], ExportKind> = { items, balances, movements };

export const maxRows = 1_000_000;
const pageRows = 2_000;
const tooMany = `These are more than ${maxRows} rows: narrow it by item, site or time.`;

export const exportJobs: JobKind<InventoryDb> = {
  table: { name: 'exports' },
  async work({ db }, lease, signal) {
    const task = await inTenant(db, lease.tenantId, (trx) => queries.findTask(trx, lease), {
      readOnly: true,
    });
    if (!task) return;
    const { filters } = task;
    const kind = kinds[task.kind];
    const caller = fromJobCaller(lease.tenantId, task.caller);
    const commit = <T>(change: (trx: Transaction<InventoryDb>) => Promise<T>) =>
      inTenant(db, lease.tenantId, async (trx) => {
        await holdLease(trx, lease);
        return change(trx);
      });
    const finish = (trx: Transaction<InventoryDb>, failure: string | null) =>
      queries.finishExport(trx, lease, failure);

    const estimate = await inTenant(db, lease.tenantId, (trx) => kind.estimate(trx, filters, maxRows + 1));
    // A time leaves fewer: then it is seen when they are written.
    if (estimate > maxRows && !filters.from && !filters.to) return commit((trx) => finish(trx, tooMany));
    await commit((trx) => queries.setTotal(trx, lease, Math.min(estimate, maxRows)));

    /** Reads and keeps the next page, with where it ended. Gives the same; null at the end. */
    const writePage = (after: string | null, written: number) =>
      commit(async (trx) => {
        // Who counts stock is not told of it, also when the count began after the export.
        const counting = await countingOf(trx, caller);
        const query = { filters, after, limit: pageRows, asOf: task.created_at, counting };
        const { rows, last } = await kind.readPage(trx, query);
        const total = written + rows.length;
        if (total > maxRows) {
          await finish(trx, tooMany);
          return null;
        }
        const chunks = toChunks(after === null ? [kind.columns, ...rows] : rows);
        await queries.addWritten(trx, lease, { rows: rows.length, cursor: last ?? after, chunks });
        if (last === null) await finish(trx, null);
        return last === null ? null : { last, total };
      });
    let { cursor, written_rows: written } = task;
    for (;;) {
      checkInterrupted(signal);
      const page = await writePage(cursor, written);
      if (!page) return;
      cursor = page.last;
      written = page.total;
    }
  },
};

const removedTogether = 100;

export const exportTask = workOffTask('exports', exportJobs, 2);

export const expiredExports: CleanUp<InventoryDb> = {
  name: 'expired-exports',
  everyMs: 60_000,
  // Few at a time: each goes with its chunks.
  run: ({ systemDb }) => removeInBatches(systemDb, deleteExpiredExports, removedTogether),
};
