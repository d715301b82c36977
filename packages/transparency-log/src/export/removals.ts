import type { Range } from '../tree.ts';

/** The action of the log's own entry that tells which entries lost their content because their time was over. */
const removal = 'audit.entries.remove';

/** Adds leaves to ranges that are in order. */
function add(ranges: Range[], { lo, hi }: Range): void {
  const last = ranges.at(-1);
  if (last && last.hi === lo) ranges[ranges.length - 1] = { lo: last.lo, hi };
  else ranges.push({ lo, hi });
}

/** `1-3,7` as ranges of leaves; what is no such text tells of nothing. */
function parseRanges(text: unknown): Range[] {
  if (typeof text !== 'string' || !/^\d{1,15}(-\d{1,15})?(,\d{1,15}(-\d{1,15})?)*$/.test(text)) return [];
  return text.split(',').map((part) => {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    return { lo: first - 1, hi: last };
  });
}

/** Compares which entries have no content with what the log itself says was removed. */
export class Removals {
  #without: Range[] = [];
  #told: Range[] = [];
  count = 0;

  withoutContent(sequence: number): void {
    this.count++;
    add(this.#without, { lo: sequence - 1, hi: sequence });
  }

  /** Reads an entry that may tell of a removal. */
  read({ action, changes }: Record<string, unknown>): void {
    if (action !== removal) return;
    const told = changes as { sequences?: { before?: unknown } } | null;
    this.#told.push(...parseRanges(told?.sequences?.before));
  }

  /** The entries without content of which nothing tells that they were removed. */
  unexplained(): Range[] {
    const told = this.#told.toSorted((a, b) => a.lo - b.lo);
    const left: Range[] = [];
    let at = 0;
    for (const { lo, hi } of this.#without) {
      let from = lo;
      while (at < told.length && (told[at] as Range).hi <= lo) at++;
      for (let next = at; next < told.length && (told[next] as Range).lo < hi; next++) {
        const { lo: start, hi: end } = told[next] as Range;
        if (start > from) add(left, { lo: from, hi: start });
        from = Math.max(from, end);
      }
      if (from < hi) add(left, { lo: from, hi });
    }
    return left;
  }
}
