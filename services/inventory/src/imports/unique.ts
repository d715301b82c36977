import type { RowError } from '../tables.ts';
import type { GoodRow, Judgement, Seen } from './kind.ts';

/** What no two rows may have in common; `within` is what it is unique in, if not the tenant. */
export interface UniqueKey {
  column: string;
  value: string;
  within?: string;
}

export const keyText = ({ column, value, within = '' }: UniqueKey): string => `${column} ${within} ${value}`;

function repeated(line: number, keys: readonly UniqueKey[], seen: Seen): RowError[] {
  return keys.flatMap((key) => {
    const first = seen.get(keyText(key)) ?? line;
    if (first === line) return [];
    return [{ line, column: key.column, message: `${key.value} is on line ${first} already.` }];
  });
}

/** Sorts out the rows that are taken, or come a second time in the file. */
export function sortOut<B>(
  rows: readonly GoodRow<B>[],
  seen: Seen,
  { keysOf, takenOf }: { keysOf(body: B): UniqueKey[]; takenOf(row: GoodRow<B>): RowError[] },
): Judgement<B> {
  const good: GoodRow<B>[] = [];
  const bad: RowError[] = [];
  for (const row of rows) {
    const keys = keysOf(row.body);
    const problems = [...takenOf(row), ...repeated(row.line, keys, seen)];
    bad.push(...problems);
    if (problems.length > 0) continue;
    good.push(row);
    for (const key of keys) seen.set(keyText(key), row.line);
  }
  return { good, bad };
}

/** A row that was in nobody's way when it was judged, and is not there now. */
export const overtaken = ({ line }: GoodRow<unknown>): RowError => ({
  line,
  column: null,
  message: 'Somebody added the same at this moment: send this row again.',
});
