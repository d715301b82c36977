import type { Deadline } from '../thread-time.ts';
import type { Problem } from '../types.ts';

export interface Header {
  /** Lower case. */
  name: string;
  /** Unfolded and trimmed; each character is one byte as it was sent (8-bit ones not yet decoded). */
  value: string;
}

/** One part of a message, with where its body stands in `raw`. */
export interface Part {
  headers: Header[];
  /** `type/subtype`, lower case. */
  type: string;
  /** Of Content-Type, names in lower case. */
  parameters: Map<string, string>;
  /** Lower case; null when there is no Content-Disposition. */
  disposition: string | null;
  filename: string | null;
  /** Of Content-Transfer-Encoding, lower case; empty when there is none. */
  encoding: string;
  raw: Buffer;
  start: number;
  end: number;
  depth: number;
  children: Part[];
}

/** What one message may still use, and what was noticed on the way. */
export interface Allowance {
  parts: number;
  headers: number;
  headerBytes: number;
  /** When it is over nothing more is begun. */
  deadline: Deadline;
  problems: Problem[];
}

/** Tells a problem once, however often it occurs. */
export function tell({ problems }: Allowance, code: string, message: string): void {
  if (!problems.some((known) => known.code === code && known.message === message))
    problems.push({ code, message });
}

export const outOfTime = (allowance: Allowance): boolean => {
  const late = allowance.deadline.isOver;
  if (late) tell(allowance, 'cut', 'The message takes too long to read; the rest was not read');
  return late;
};
