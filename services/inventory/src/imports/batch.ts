import type { Work } from '@stockade/messaging';
import type { InventoryDb, RowError } from '../tables.ts';
import type { ImportKind, Judgement, Seen } from './kind.ts';
import type { ReadRow } from './rows.ts';

export const inOrder = (errors: readonly RowError[]): RowError[] =>
  [...errors].sort((a, b) => a.line - b.line);

/** A row may have several errors. */
export const countRows = (errors: readonly RowError[]): number =>
  new Set(errors.map(({ line }) => line)).size;

export async function judgeBatch<B>(
  kind: ImportKind<B>,
  work: Work<InventoryDb>,
  batch: readonly ReadRow[],
  seen: Seen,
): Promise<Judgement<B>> {
  const rows = batch.flatMap((read) => ('row' in read ? [read.row] : []));
  const unreadable = batch.flatMap((read) => ('unreadable' in read ? [read.unreadable] : []));
  const { good, bad } = await kind.judge(work, rows, seen);
  return { good, bad: [...unreadable, ...bad] };
}
