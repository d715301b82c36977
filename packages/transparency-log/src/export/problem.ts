/**
 * What is wrong. `altered`: it is not what was hashed; `missing`; `inserted`: the log does not have it; `out-of-order`;
 * `signature`: a checkpoint that the log's key did not sign; `checkpoint`: one that is of another log, or does not fit the
 * entries; `fork`: a checkpoint that was signed before does not fit this log; `damaged`: a line that cannot be read.
 */
export type ProblemKind =
  | 'altered'
  | 'missing'
  | 'inserted'
  | 'out-of-order'
  | 'signature'
  | 'checkpoint'
  | 'fork'
  | 'damaged';

export interface Problem {
  kind: ProblemKind;
  /** Sequences: where it is, as closely as can be told; null when it is no entry. */
  first: number | null;
  last: number | null;
  /** Ids of those entries, as far as they are known. */
  ids: string[];
  /** A sentence. */
  message: string;
}

/** Tells what is wrong, from which sequence to which; null where it is no entry. */
export type Report = (kind: ProblemKind, place: [number, number] | null, message: string) => void;
