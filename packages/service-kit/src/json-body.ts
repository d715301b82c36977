import { ServiceError } from './errors.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

const malformed = (message: string) => new ServiceError('MALFORMED_BODY', message);

/**
 * Parses a JSON body strictly: valid UTF-8, no NUL, no lone surrogate, no duplicate key (two readers could take
 * different ones), no `__proto__`. An empty body is `undefined`.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('The body is not valid JSON.');
  }
  const members = checkValue(value);
  if (members !== countMembers(text)) throw malformed('The body has an object with the same key twice.');
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed('The body is not valid UTF-8.');
  }
}

const wellFormed = (text: string) => text.isWellFormed() && !text.includes('\u0000');
const badText = 'The body has a text with a NUL character or half of a surrogate pair.';
const maxDepth = 32;

/** Walks the parsed value, refuses what no text may hold, and counts the members of all objects. */
function checkValue(value: unknown, depth = 0): number {
  if (typeof value === 'string') {
    if (!wellFormed(value)) throw malformed(badText);
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= maxDepth) throw malformed(`The body is nested deeper than ${maxDepth} levels.`);
  let members = 0;
  if (Array.isArray(value)) {
    for (const entry of value) members += checkValue(entry, depth + 1);
    return members;
  }
  for (const [key, entry] of Object.entries(value)) {
    if (key === '__proto__' || !wellFormed(key)) throw malformed('The body has a key that is not allowed.');
    members += 1 + checkValue(entry, depth + 1);
  }
  return members;
}

/** Counts the members written in a valid JSON text: the colons outside of strings. More than were parsed: a duplicate. */
function countMembers(text: string): number {
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 58) members++;
    else if (char === 34) at = endOfString(text, at);
  }
  return members;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const char = text.charCodeAt(at);
    if (char === 92) at++;
    else if (char === 34) return at;
  }
}
