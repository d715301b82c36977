import type { Work } from '@stockade/messaging';
import type { Columns } from '../csv/header.ts';
import type { InventoryDb, RowError } from '../tables.ts';

export interface ImportRow {
  /** Where the row begins in the file. */
  line: number;
  /** By the names of their columns; empty ones are left out. */
  cells: Readonly<Record<string, string>>;
}

/** A row that can be applied, as far as it can be told before. */
export interface GoodRow<B> {
  line: number;
  body: B;
}

export interface Judgement<B> {
  good: GoodRow<B>[];
  bad: RowError[];
}

/** On which line a key that must be unique came first, among the rows that are good. */
export type Seen = Map<string, number>;

/** What a kind of import does with its rows; the flow around it is the same for all. */
export interface ImportKind<B> {
  readonly columns: Columns;
  readonly maxRows: number;
  /** Rows that are judged together, and with `mode=valid` committed together. */
  readonly batchRows: number;
  /** Rows that `mode=all` applies together, in the one transaction that it has. */
  readonly applyRows: number;
  /** By the rules that the API has for the same change. */
  judge(work: Work<InventoryDb>, rows: readonly ImportRow[], seen: Seen): Promise<Judgement<B>>;
  /** Gives the rows that could not be applied after all. `together`: then none is, and all of them are taken back. */
  apply(
    work: Work<InventoryDb>,
    rows: readonly GoodRow<B>[],
    options: { together: boolean },
  ): Promise<RowError[]>;
}
