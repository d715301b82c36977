import { bodyChecker } from '@stockade/service-kit/validation';
import type { RowError } from '../tables.ts';
import type { GoodRow, ImportRow, Judgement } from './kind.ts';
import { problemsOf, toRowError } from './problems.ts';

/**
 * Rows as the API's bodies, checked by its schema; `accept` makes of a body what is applied, and may throw what a
 * caller of the API would be told.
 */
export function readBodies<B, Body>(
  schema: object,
): (
  rows: readonly ImportRow[],
  toBody: (row: ImportRow) => object,
  accept: (body: Body) => B,
) => Judgement<B> {
  const check = bodyChecker(schema);
  return (rows, toBody, accept) => {
    const good: GoodRow<B>[] = [];
    const bad: RowError[] = [];
    for (const row of rows) {
      const { line } = row;
      const body = toBody(row);
      const problems = check(body).map((problem) => toRowError(line, problem));
      bad.push(...problems);
      if (problems.length > 0) continue;
      try {
        good.push({ line, body: accept(body as Body) });
      } catch (error) {
        bad.push(...problemsOf(error, line));
      }
    }
    return { good, bad };
  };
}
