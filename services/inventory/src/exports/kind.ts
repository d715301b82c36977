import type { Kysely, Transaction } from 'kysely';
import type { Counting } from '../cycle-counts/blindness.ts';
import type { ExportFilters, InventoryDb } from '../tables.ts';

export type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

export type Cell = string | number | boolean | Date | null;

export interface PageQuery {
  filters: ExportFilters;
  /** The id of the last row that was looked at; null at the beginning. */
  after: string | null;
  /** So many rows are looked at, whatever the filters leave of them: no statement takes long. */
  limit: number;
  /** When the export was asked for. */
  asOf: Date;
  /** What the reader counts at this moment, and must not be told. */
  counting: Counting | null;
}

export interface ExportPage {
  rows: readonly (readonly Cell[])[];
  /** Where to go on; null when this was the last. */
  last: string | null;
}

export interface ExportKind {
  readonly columns: readonly string[];
  /** How many rows there are at most, counted up to `limit`. */
  estimate(db: Db, filters: ExportFilters, limit: number): Promise<number>;
  readPage(db: Db, query: PageQuery): Promise<ExportPage>;
}
