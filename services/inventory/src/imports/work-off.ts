import { inTenant } from '@stockade/database';
import { runWork } from '@stockade/messaging';
import { holdLease, type JobKind, workOffTask } from '@stockade/service-kit';
import { sql } from 'kysely';
import { UnusableFile } from '../csv/read.ts';
import { fromJobCaller } from '../jobs/caller.ts';
import type { ImportTable, InventoryDb } from '../tables.ts';
import { applyAll } from './apply-all.ts';
import { applyValid } from './apply-valid.ts';
import { items } from './items.ts';
import type { ImportKind } from './kind.ts';
import { locations } from './locations.ts';
import { movements } from './movements.ts';
import { findTask, finishImport, resetProgress } from './queries.ts';
import { surveyRows } from './rows.ts';
import type { Run } from './run.ts';

const kinds = { items, locations, movements } as unknown as Record<ImportTable['kind'], ImportKind<unknown>>;

const movesAllAtOnce = (table: string) =>
  sql`${sql.ref(`${table}.kind`)} = 'movements' and ${sql.ref(`${table}.mode`)} = 'all'`;

export const importJobs: JobKind<InventoryDb> = {
  table: { name: 'imports', content: 'content' },
  // Each of them holds thousands of locks: one at a time for everybody.
  unless: sql<boolean>`(${movesAllAtOnce('j')} and exists (
    select from imports m where ${movesAllAtOnce('m')} and m.status = 'running' and m.leased_until > now()))`,
  async work({ db }, lease, signal) {
    const task = await inTenant(db, lease.tenantId, (trx) => findTask(trx, lease), { readOnly: true });
    if (!task?.content) return;
    const { content, mode } = task;
    const kind = kinds[task.kind];
    const caller = fromJobCaller(lease.tenantId, task.caller);
    const commitLong: Run['commitLong'] = (change) => runWork(db, caller, change);
    const commit: Run['commit'] = (change) =>
      commitLong(async (work) => {
        await holdLease(work.trx, lease);
        await change(work);
      });
    const run: Run = { kind, content, lease, signal, commit, commitLong };
    try {
      const totalRows = await surveyRows(content, kind);
      // With mode=valid all that was processed is committed: it goes on from there.
      const done = mode === 'valid' ? task.processed_rows : 0;
      if (done === 0) await commit(({ trx }) => resetProgress(trx, lease, totalRows));
      await (mode === 'valid' ? applyValid(run, done) : applyAll(run));
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      await commit(({ trx }) => finishImport(trx, lease, error.message));
    }
  },
};

export const importTask = workOffTask('imports', importJobs, 2);
