/** One thing that must hold, as two queries over the whole database: what is looked at, and what breaks it. */
export interface Check {
  /** What is counted, in the plural. */
  readonly of: string;
  /** Gives one row with `rows`. */
  readonly count: string;
  /** Gives the rows that break it, each with what a person needs to find it; none when it holds. */
  readonly broken: string;
}

export interface Law {
  readonly number: number;
  readonly title: string;
  readonly checks: readonly Check[];
}

export const countOf = (table: string, where = 'true'): string =>
  `select count(*)::bigint as rows from ${table} where ${where}`;
