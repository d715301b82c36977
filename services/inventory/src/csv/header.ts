import { UnusableFile } from './read.ts';

export interface Columns {
  required: readonly string[];
  optional: readonly string[];
}

const maxNamed = 10;
const named = (names: readonly string[]) =>
  names
    .slice(0, maxNamed)
    .map((name) => `"${name.slice(0, 50)}"`)
    .join(', ') + (names.length > maxNamed ? ' and more' : '');

/** The columns of a file by its first row. Throws `UnusableFile` that names what is unknown, double or missing. */
export function readHeader(cells: readonly string[], { required, optional }: Columns): string[] {
  const header = cells.map((cell) => cell.trim());
  const known = [...required, ...optional];
  const unknown = header.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new UnusableFile(`Unknown columns: ${named(unknown)}. There are ${known.join(', ')}.`);
  const double = header.filter((name, at) => header.indexOf(name) !== at);
  if (double.length > 0) throw new UnusableFile(`Columns that are there twice: ${named(double)}.`);
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new UnusableFile(`Columns are missing: ${missing.join(', ')}.`);
  return header;
}
