import { type Kysely, sql, type Transaction } from 'kysely';
import type { Counting } from '../cycle-counts/blindness.ts';
import type { InventoryDb } from '../tables.ts';

export type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

export interface Scope {
  siteId?: string;
  /** What the reader counts at this moment, and must not be told. */
  counting: Counting | null;
}

/** Lists show so many. */
export const shown = 20;

/** Leaves out stock that the reader counts, by the columns of an alias. */
export function uncovered({ counting }: Scope, alias: string) {
  if (!counting) return sql<boolean>`true`;
  const [item, site, location] = ['item_id', 'site_id', 'location_id'].map((name) =>
    sql.ref(`${alias}.${name}`),
  );
  return sql<boolean>`not ${counting.coversSql({ item, site, location } as Parameters<typeof counting.coversSql>[0])}`;
}

/** Leaves out what says something of an item's stock that the reader counts a part of. */
export function untouched({ counting }: Scope, alias: string) {
  if (!counting) return sql<boolean>`true`;
  const [item, site] = [sql.ref(`${alias}.item_id`), sql.ref(`${alias}.site_id`)];
  return sql<boolean>`not ${counting.touchesSql({ item, site })}`;
}
