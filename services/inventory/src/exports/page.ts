import { type RawBuilder, sql } from 'kysely';
import type { Cell, Db, ExportPage } from './kind.ts';

/** A row that was looked at; `shown` says whether it belongs into the file. */
export interface Looked {
  id: string;
  shown: boolean;
}

export function toPage<R extends Looked>(
  looked: readonly R[],
  limit: number,
  toCells: (row: R) => Cell[],
): ExportPage {
  return {
    rows: looked.filter(({ shown }) => shown).map(toCells),
    last: looked.length < limit ? null : (looked.at(-1)?.id ?? null),
  };
}

/** How many rows that is, as far as `limit`. */
export async function countUpTo(db: Db, limit: number, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${from} limit ${limit}) counted`.execute(db);
  return rows[0]?.n ?? 0;
}

/** All of the conditions that there are. */
export function all(conditions: readonly (RawBuilder<unknown> | false | undefined)[]): RawBuilder<boolean> {
  const given = conditions.filter((condition) => condition !== false && condition !== undefined);
  return given.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(given, sql` and `)}`;
}
