import { Id } from '@stockade/contracts';
import { checkOf } from '@stockade/contracts/checks';
import { type SelectQueryBuilder, sql } from 'kysely';
import { errors } from './errors.ts';

export interface ListQuery {
  limit?: number;
  cursor?: string;
}

const maxLimit = 1_000;
const isId = checkOf(Id);

/** The page's size: 50 unless asked; more than 1000 is taken as 1000. */
export function pageLimit({ limit = 50 }: ListQuery): number {
  return Math.min(limit, maxLimit);
}

/** The id that a cursor stands for. Cursors are opaque to callers, but only a row's place: they grant nothing. */
export function cursorId({ cursor }: ListQuery): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!isId(id)) throw errors.validation([{ path: '/cursor', message: 'is not a cursor of this list' }]);
  return id;
}

/** Newest first by UUIDv7, after the cursor, one row more than the page has (to know whether there is a next one). */
export function applyPage<DB, TB extends keyof DB, O>(
  builder: SelectQueryBuilder<DB, TB, O>,
  query: ListQuery,
  idColumn = 'id',
): SelectQueryBuilder<DB, TB, O> {
  const after = cursorId(query);
  const id = sql.ref<string>(idColumn);
  const ordered = builder.orderBy(id, 'desc').limit(pageLimit(query) + 1);
  return after === null ? ordered : ordered.where(id, '<', after as never);
}

export interface PageOf<T> {
  data: T[];
  nextCursor: string | null;
}

/** Cuts the row that applyPage fetched beyond the page and makes the cursor from the last one that is shown. */
export function page<T extends { id: string }>(rows: T[], query: ListQuery): PageOf<T> {
  const limit = pageLimit(query);
  const data = rows.slice(0, limit);
  const last = rows.length > limit ? data.at(-1) : undefined;
  return { data, nextCursor: last ? Buffer.from(last.id).toString('base64url') : null };
}
