import { canonicalize } from '../canonical-json.ts';

/** Stands in the first line; another one is another format. */
export const exportFormat = 'stockade-audit-export/1';

/** SHA-256 in base64; null where the log's tables have none. */
export type HashText = string | null;

/** The first line: what the export is of. */
export interface Header {
  kind: 'header';
  format: typeof exportFormat;
  /** Names the log, as its checkpoints do. */
  origin: string;
  tenantId: string;
  madeAt: string;
  /** What was asked for. Without filters the export is of the whole log. */
  filters: Record<string, unknown>;
  /** The checkpoint that the export is proven by, and the size that it signs. */
  checkpoint: string;
  size: number;
  /** The greatest size that the log says was signed. */
  signedSize: number;
}

/** An entry at its place in the log. */
export interface EntryLine {
  kind: 'entry';
  sequence: number;
  /** What was hashed; null when it is not there any more. */
  entry: Record<string, unknown> | null;
  /** The leaf's hash as the log's tables have it. */
  hash: HashText;
  /** The hashes of the nodes that this leaf completes, from below, as the log's tables have them. */
  nodes: HashText[];
}

/** Entries that are left out: the complete nodes that stand for them, and what each of those completes. */
export interface GapLine {
  kind: 'gap';
  first: number;
  last: number;
  hashes: HashText[];
  nodes: HashText[];
}

/** An earlier checkpoint, where the log was as large as it says. */
export interface CheckpointLine {
  kind: 'checkpoint';
  size: number;
  checkpoint: string;
}

/** The last line: the file is whole. */
export interface EndLine {
  kind: 'end';
  entries: number;
}

export type Line = Header | EntryLine | GapLine | CheckpointLine | EndLine;

/** A line without its line feed: canonical JSON (RFC 8785). */
export const formatLine = (line: Exclude<Line, EntryLine>): string => canonicalize(line);

/** The line of an entry whose canonical JSON is known as text. */
export function formatEntryLine(
  text: string | null,
  { hash, nodes, sequence }: Pick<EntryLine, 'hash' | 'nodes' | 'sequence'>,
): string {
  return `{"entry":${text ?? 'null'},"hash":${JSON.stringify(hash)},"kind":"entry","nodes":${JSON.stringify(nodes)},"sequence":${sequence}}`;
}
