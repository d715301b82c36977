import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, type Info, parse } from 'csv-parse';

/** Why a file as a whole cannot be read: a sentence for who sent it. */
export class UnusableFile extends Error {
  override name = 'UnusableFile';
}

export interface CsvRow {
  /** Where the row begins in the file; the header stands on line 1. */
  line: number;
  cells: string[];
}

const sliceBytes = 64 * 1024;
const maxRowBytes = 64 * 1024;
const lineFeed = 10;

function* slices(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += sliceBytes) yield content.subarray(at, at + sliceBytes);
}

/** Excel writes semicolons where a comma is the decimal sign. Names of columns have neither. */
function delimiterOf(content: Buffer): string {
  const end = content.indexOf(lineFeed);
  const header = content.toString('utf8', 0, Math.min(end < 0 ? content.length : end, maxRowBytes));
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

const quoting = 'A cell with a quote in it is put into quotes, and the quote doubled: "5"" pipe".';
const reasons: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: `a quote is opened and never closed. ${quoting}`,
  INVALID_OPENING_QUOTE: `a quote stands in the middle of a cell. ${quoting}`,
  CSV_INVALID_CLOSING_QUOTE: `something follows a closing quote. ${quoting}`,
  CSV_MAX_RECORD_SIZE: `a row is longer than ${maxRowBytes} bytes: look for a quote that is not closed.`,
};

/** The parser tells how far the last whole row went, and a byte. */
function unusable({ code, bytes }: CsvError & { bytes?: number }, content: Buffer): UnusableFile {
  const line = 1 + countLines(content, 0, (bytes ?? 1) - 1);
  return new UnusableFile(`From line ${line} the file is no CSV: ${reasons[code] ?? 'it cannot be read.'}`);
}

function countLines(content: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) if (content[at] === lineFeed) lines++;
  return lines;
}

export function checkText(content: Buffer): void {
  if (content.includes(0)) throw new UnusableFile('The file has a NUL character: it is no text.');
  if (!isUtf8(content))
    throw new UnusableFile('The file is not UTF-8: save it as "CSV UTF-8", then send it again.');
}

/** The rows of a CSV file (RFC 4180; lines end with LF or CRLF) as they stand in it, without blank ones. */
export async function* readRows(content: Buffer): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    info: true,
    delimiter: delimiterOf(content),
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: maxRowBytes,
  });
  // What fails is thrown by the iteration.
  pipeline(Readable.from(slices(content)), parser, () => {});
  let line = 1;
  let at = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (record.length > 1 || record[0] !== '') yield { line, cells: record };
      line += countLines(content, at, info.bytes);
      at = info.bytes;
    }
  } catch (error) {
    throw error instanceof CsvError ? unusable(error, content) : error;
  }
}

/** Rows by so many; between batches others have their turn. */
export async function* inBatches<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    await nextTurn();
  }
  if (batch.length > 0) yield batch;
}
