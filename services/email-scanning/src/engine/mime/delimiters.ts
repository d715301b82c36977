import type { Part } from './part.ts';

/** A multipart that is not closed yet. */
export interface Open {
  part: Part;
  boundary: string;
}

export interface Delimiter {
  /** Index in the stack of open multiparts. */
  level: number;
  closes: boolean;
  /** Where the part before it ends: before the line break that belongs to the delimiter. */
  before: number;
  /** Where the next part begins. */
  after: number;
}

const lf = 10;
const cr = 13;
const dash = 45;
const lineBreakWithDashes = Buffer.from('\n--');
const maxLine = 1_100;

/** The open multiparts, innermost last, and the search for the lines that part or close them. */
export class Delimiters {
  readonly open: Open[] = [];
  /** How many open boundaries begin with that byte: most lines with dashes are sorted out by it. */
  readonly #firsts = new Uint16Array(256);

  push(entry: Open): void {
    this.open.push(entry);
    this.#count(entry, 1);
  }

  /** Closes what lies within the multipart of that level; with `closes` that one too. */
  cutTo(length: number): void {
    while (this.open.length > length) {
      const entry = this.open.pop();
      if (entry) this.#count(entry, -1);
    }
  }

  /** What the line at `start`, which begins with a dash, is; null when it is text. */
  at(raw: Buffer, start: number): Delimiter | null {
    if (raw[start + 1] !== dash || this.#firsts[raw[start + 2] ?? 0] === 0) return null;
    const found = raw.indexOf(lf, start);
    const stop = found < 0 ? raw.length : found;
    if (stop - start > maxLine) return null;
    const line = raw.toString('latin1', start + 2, stop).trimEnd();
    for (let level = this.open.length - 1; level >= 0; level--) {
      const boundary = this.open[level]?.boundary ?? '';
      if (!line.startsWith(boundary)) continue;
      const closes = line.length === boundary.length + 2 && line.endsWith('--');
      if (!closes && line.length !== boundary.length) continue;
      let before = start;
      if (before > 0 && raw[before - 1] === lf) before--;
      if (before > 0 && before < start && raw[before - 1] === cr) before--;
      return { level, closes, before, after: Math.min(stop + 1, raw.length) };
    }
    return null;
  }

  /** The next delimiter in a line that begins at `from` or later. `onCandidate` may end the search by saying false. */
  next(raw: Buffer, from: number, goesOn: () => boolean): Delimiter | null {
    if (this.open.length === 0) return null;
    if (raw[from] === dash) {
      const here = this.at(raw, from);
      if (here) return here;
    }
    let candidates = 0;
    // One back: the line break before `from` makes a line of it.
    for (
      let at = raw.indexOf(lineBreakWithDashes, from);
      at >= 0;
      at = raw.indexOf(lineBreakWithDashes, at + 1)
    ) {
      const found = this.at(raw, at + 1);
      if (found) return found;
      if ((++candidates & 0xfff) === 0 && !goesOn()) return null;
    }
    return null;
  }

  #count({ boundary }: Open, by: number): void {
    const first = boundary.charCodeAt(0) & 255;
    this.#firsts[first] = (this.#firsts[first] ?? 0) + by;
  }
}
