import { unguard } from '@stockade/service-kit';
import { readHeader } from '../csv/header.ts';
import { checkText, inBatches, readRows, UnusableFile } from '../csv/read.ts';
import type { RowError } from '../tables.ts';
import type { ImportKind, ImportRow } from './kind.ts';

type FileShape = Pick<ImportKind<unknown>, 'columns' | 'maxRows'>;

/** A row as it is judged, or why it cannot even be read. */
export type ReadRow = { row: ImportRow } | { unreadable: RowError };

function toRow(header: readonly string[], { line, cells }: { line: number; cells: string[] }): ReadRow {
  if (cells.length !== header.length) {
    const message = `has ${cells.length} cells, and the header has ${header.length}`;
    return { unreadable: { line, column: null, message } };
  }
  const named = header.flatMap((name, at) => (cells[at] ? [[name, unguard(cells[at])] as const] : []));
  return { row: { line, cells: Object.fromEntries(named) } };
}

/** The rows below the header. Throws `UnusableFile` where it is no such file. */
export async function* importRows(
  content: Buffer,
  { columns }: Pick<FileShape, 'columns'>,
  skipped = 0,
): AsyncGenerator<ReadRow> {
  let header: string[] | undefined;
  let passed = 0;
  for await (const row of readRows(content)) {
    if (!header) header = readHeader(row.cells, columns);
    else if (++passed > skipped) yield toRow(header, row);
  }
}

/** Reads the file to its end before anything is done with it. Gives how many rows it has. */
export async function surveyRows(content: Buffer, kind: FileShape): Promise<number> {
  checkText(content);
  let rows = 0;
  for await (const batch of inBatches(importRows(content, kind), 1_000)) {
    rows += batch.length;
    if (rows > kind.maxRows)
      throw new UnusableFile(`The file has more than ${kind.maxRows} rows: split it into several.`);
  }
  if (rows === 0) throw new UnusableFile('The file has no rows below a header.');
  return rows;
}
