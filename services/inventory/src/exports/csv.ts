import { guard } from '@stockade/service-kit';
import { stringify } from 'csv-stringify/sync';
import type { Cell } from './kind.ts';

export const maxChunkBytes = 1024 * 1024;

const options = {
  record_delimiter: '\r\n',
  cast: {
    string: guard,
    boolean: String,
    date: (date: Date) => date.toISOString(),
  },
} as const;

/**
 * CSV (RFC 4180) without a header. Cells that a spreadsheet would run as a formula have an apostrophe in front (see
 * `guard`); numbers, negative ones too, stay as they are.
 */
const toCsv = (rows: readonly (readonly Cell[])[]): string => stringify(rows as Cell[][], options);

/** The rows as pieces of CSV that are each small enough to be kept and sent as one. */
export function toChunks(rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const text = toCsv(rows);
  if (rows.length === 1 || Buffer.byteLength(text) <= maxChunkBytes) return [text];
  const half = Math.ceil(rows.length / 2);
  return [...toChunks(rows.slice(0, half)), ...toChunks(rows.slice(half))];
}
