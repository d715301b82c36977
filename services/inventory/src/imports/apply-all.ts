import { flushWork, type Work } from '@stockade/messaging';
import { checkInterrupted, holdLease } from '@stockade/service-kit';
import { inBatches } from '../csv/read.ts';
import type { InventoryDb, RowError } from '../tables.ts';
import { countRows, inOrder, judgeBatch } from './batch.ts';
import type { Seen } from './kind.ts';
import { addProgress, finishImport } from './queries.ts';
import { importRows } from './rows.ts';
import type { Run } from './run.ts';

/** Takes everything back that was applied before. */
class Refused extends Error {
  override name = 'Refused';
  readonly errors: readonly RowError[];

  constructor(errors: readonly RowError[]) {
    super('Rows are bad');
    this.errors = errors;
  }
}

/** Judges all rows, with progress that can be seen; then, when all are good, applies them in one transaction. */
export async function applyAll(run: Run): Promise<void> {
  const badRows = await judgeAll(run);
  if (badRows > 0) return fail(run, badRows, []);
  try {
    await run.commitLong((work) => applyTogether(run, work));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await fail(run, countRows(error.errors), error.errors);
  }
}

async function judgeAll({ kind, content, lease, signal, commit }: Run): Promise<number> {
  const seen: Seen = new Map();
  let badRows = 0;
  for await (const batch of inBatches(importRows(content, kind), kind.batchRows)) {
    checkInterrupted(signal);
    let bad = 0;
    await commit(async (work) => {
      const { bad: errors } = await judgeBatch(kind, work, batch, seen);
      bad = countRows(errors);
      await addProgress(work.trx, lease, {
        processed: batch.length,
        applied: 0,
        bad,
        errors: inOrder(errors),
      });
    });
    badRows += bad;
  }
  return badRows;
}

/** Judged once more: what was good before may not be any longer. */
async function applyTogether({ kind, content, lease, signal }: Run, work: Work<InventoryDb>): Promise<void> {
  const seen: Seen = new Map();
  const errors: RowError[] = [];
  let applied = 0;
  for await (const batch of inBatches(importRows(content, kind), kind.applyRows)) {
    checkInterrupted(signal);
    const { good, bad } = await judgeBatch(kind, work, batch, seen);
    const refused = good.length > 0 ? await kind.apply(work, good, { together: true }) : [];
    errors.push(...bad, ...refused);
    applied += good.length - countRows(refused);
    await flushWork(work);
  }
  if (errors.length > 0) throw new Refused(inOrder(errors));
  await holdLease(work.trx, lease);
  await addProgress(work.trx, lease, { processed: 0, applied, bad: 0, errors });
  await finishImport(work.trx, lease, null);
}

/** `errors`: those that are not among the import's yet. */
const fail = ({ lease, commit }: Run, badRows: number, errors: readonly RowError[]) =>
  commit(async ({ trx }) => {
    const bad = countRows(errors);
    await addProgress(trx, lease, { processed: 0, applied: 0, bad, errors });
    const rows = badRows === 1 ? '1 row is bad' : `${badRows} rows are bad`;
    await finishImport(trx, lease, `${rows}: nothing was applied.`);
  });
