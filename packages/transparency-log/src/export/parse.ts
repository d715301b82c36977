import { canonicalize } from '../canonical-json.ts';
import { type EntryLine, exportFormat, formatEntryLine, formatLine, type Line } from './format.ts';

/** A line that is none of this format. */
export class BadLine extends Error {
  override name = 'BadLine';
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isSequence: Check = (value) => isCount(value) && (value as number) >= 1;
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** 32 bytes in base64, in the one way that there is to write them. */
const isHash: Check = (value) =>
  value === null || (typeof value === 'string' && /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(value));
const isHashes: Check = (value) => Array.isArray(value) && value.every(isHash);

const shapes: Record<Line['kind'], Record<string, Check>> = {
  header: {
    ...{ format: (value) => value === exportFormat, origin: isText, tenantId: isText, madeAt: isText },
    ...{ filters: isObject, checkpoint: isText, size: isCount, signedSize: isCount },
  },
  entry: {
    ...{ sequence: isSequence, entry: (value) => value === null || isObject(value) },
    ...{ hash: isHash, nodes: isHashes },
  },
  gap: { first: isSequence, last: isSequence, hashes: isHashes, nodes: isHashes },
  checkpoint: { size: isSequence, checkpoint: isText },
  end: { entries: isCount },
};

function checkShape(value: unknown): Line {
  const line = value as Record<string, unknown>;
  const shape =
    isObject(value) && Object.hasOwn(shapes, String(line.kind)) && shapes[line.kind as Line['kind']];
  if (!shape) throw new BadLine('It is no line of an audit export');
  for (const name of Object.keys(line))
    if (name !== 'kind' && !Object.hasOwn(shape, name)) throw new BadLine(`"${name}" does not belong there`);
  for (const [name, fits] of Object.entries(shape))
    if (!fits(line[name])) throw new BadLine(`"${name}" is not what it should be`);
  return line as unknown as Line;
}

export interface ParsedLine {
  line: Line;
  /** The entry's canonical JSON, when the line has one. */
  entryText: string | null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a line. It must be canonical, byte for byte: else a reader could be shown something other than what was hashed
 * (a name that stands there twice, for example). Throws BadLine.
 */
export function parseLine(bytes: Uint8Array): ParsedLine {
  let parsed: ParsedLine;
  let canonical: string;
  let text: string;
  try {
    text = utf8.decode(bytes);
    const line = checkShape(JSON.parse(text));
    const entryText = line.kind === 'entry' && line.entry ? canonicalize(line.entry) : null;
    parsed = { line, entryText };
    canonical = line.kind === 'entry' ? formatEntryLine(entryText, line as EntryLine) : formatLine(line);
  } catch (error) {
    if (error instanceof BadLine) throw error;
    throw new BadLine('It is no JSON');
  }
  if (canonical !== text) throw new BadLine('It is not written in the canonical form');
  return parsed;
}
