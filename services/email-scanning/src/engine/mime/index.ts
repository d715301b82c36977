import { limits } from '../limits.ts';
import { Deadline } from '../thread-time.ts';
import type { Problem } from '../types.ts';
import { type Contents, contentsOf } from './bodies.ts';
import { type Allowance, type Header, tell } from './part.ts';
import { prepare } from './prepare.ts';
import { splitMessage } from './split.ts';

export type { Body, FilePart } from './bodies.ts';
export type { Header } from './part.ts';

export interface MimeMessage extends Contents {
  headers: Header[];
  problems: Problem[];
  /** Until it is over the rest of the work on the message should be done. */
  deadline: Deadline;
}

/** A message taken apart (RFC 5322, 2045–2049), within limits. Never throws, whatever the bytes are; linear in them. */
export function readMime(bytes: Uint8Array): MimeMessage {
  const problems: Problem[] = [];
  const allowance: Allowance = {
    parts: limits.parts,
    headers: limits.headers,
    headerBytes: limits.headerBytes,
    deadline: new Deadline(limits.parseMilliseconds),
    problems,
  };
  const raw = prepare(bytes, problems);
  if (raw.length === 0) tell(allowance, 'empty', 'The message is empty');
  const root = splitMessage(raw, allowance);
  if (root.headers.length === 0 && raw.length > 0)
    tell(allowance, 'no-headers', 'There are no headers: this is no mail');
  return { ...contentsOf(root, allowance), headers: root.headers, problems, deadline: allowance.deadline };
}
