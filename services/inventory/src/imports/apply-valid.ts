import { checkInterrupted } from '@stockade/service-kit';
import { inBatches } from '../csv/read.ts';
import { countRows, inOrder, judgeBatch } from './batch.ts';
import type { Seen } from './kind.ts';
import { addProgress, finishImport } from './queries.ts';
import { importRows } from './rows.ts';
import type { Run } from './run.ts';

/** Applies the good rows, batch by batch. How far it is, is committed with what it did: nothing is applied twice. */
export async function applyValid(run: Run, done: number): Promise<void> {
  const { kind, content, lease } = run;
  const seen: Seen = new Map();
  for await (const batch of inBatches(importRows(content, kind, done), kind.batchRows)) {
    checkInterrupted(run.signal);
    await run.commit(async (work) => {
      const { good, bad } = await judgeBatch(kind, work, batch, seen);
      const refused = good.length > 0 ? await kind.apply(work, good, { together: false }) : [];
      const errors = inOrder([...bad, ...refused]);
      await addProgress(work.trx, lease, {
        processed: batch.length,
        applied: good.length - countRows(refused),
        bad: countRows(errors),
        errors,
      });
    });
  }
  await run.commit(({ trx }) => finishImport(trx, lease, null));
}
