import { decodeText } from './charset.ts';
import { decodeWords } from './encoded-words.ts';

export interface Structured {
  /** Lower case. */
  value: string;
  /** Names in lower case, values decoded. */
  parameters: Map<string, string>;
}

const maxParameters = 100;

/** End of what begins at `at`: the next `;` that is in no quotes and no comment. Values come out without quotes and comments. */
function readValue(text: string, at: number): { value: string; next: number } {
  let value = '';
  let comment = 0;
  let quoted = false;
  let index = at;
  for (; index < text.length; index++) {
    const sign = text[index];
    if (sign === '\\' && (quoted || comment > 0)) {
      index++;
      if (comment === 0) value += text[index] ?? '';
    } else if (quoted) {
      if (sign === '"') quoted = false;
      else value += sign;
    } else if (sign === '(') comment++;
    else if (comment > 0) {
      if (sign === ')') comment--;
    } else if (sign === '"') quoted = true;
    else if (sign === ';') break;
    else value += sign;
  }
  // A bracket or quote that never ends: then it is part of the value, up to the next semicolon.
  if (comment > 0) {
    const end = text.indexOf(';', at);
    const stop = end < 0 ? text.length : end;
    return { value: text.slice(at, stop).trim(), next: stop + 1 };
  }
  return { value: value.trim(), next: index + 1 };
}

function percentDecoded(text: string): Buffer {
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
}

interface Piece {
  order: number;
  extended: boolean;
  value: string;
}

/** Puts the pieces of one parameter together (RFC 2231: `name*0*=charset'language'…`). */
function joined(pieces: Piece[]): string {
  pieces.sort((a, b) => a.order - b.order);
  const [first] = pieces;
  if (!first) return '';
  if (!pieces.some(({ extended }) => extended))
    return decodeWords(pieces.map(({ value }) => value).join('')).text;
  let charset = '';
  let start = first.value;
  const marks = /^([^']{0,60})'[^']{0,60}'/.exec(start);
  if (first.extended && marks) {
    charset = marks[1] ?? '';
    start = start.slice(marks[0].length);
  }
  const bytes = pieces.map(({ extended, value }, at) => {
    const own = at === 0 ? start : value;
    return extended ? percentDecoded(own) : Buffer.from(own, 'latin1');
  });
  return decodeText(Buffer.concat(bytes), charset).text;
}

/** A header such as Content-Type: its value and its parameters, however badly written. Linear, never throws. */
export function readStructured(header: string): Structured {
  const first = readValue(header, 0);
  const pieces = new Map<string, Piece[]>();
  let next = first.next;
  for (let count = 0; next <= header.length && count < maxParameters; count++) {
    const equals = header.indexOf('=', next);
    const semicolon = header.indexOf(';', next);
    if (equals < 0) break;
    if (semicolon >= 0 && semicolon < equals) {
      next = semicolon + 1;
      continue;
    }
    const full = header.slice(next, equals).trim().toLowerCase();
    const read = readValue(header, equals + 1);
    next = read.next;
    if (full === '') continue;
    const [, name = full, order, star] = /^([^*]{1,60})(?:\*(\d{1,3}))?(\*)?$/.exec(full) ?? [];
    const known = pieces.get(name) ?? [];
    const piece = { order: Number(order ?? -1), extended: star !== undefined, value: read.value };
    // The same name twice: the first counts; but the extended form is preferred to the plain one.
    if (order !== undefined) pieces.set(name, [...known.filter((other) => other.order >= 0), piece]);
    else if (known.length === 0 || (piece.extended && known.every((other) => !other.extended)))
      pieces.set(name, [piece]);
  }
  const parameters = new Map<string, string>();
  for (const [name, own] of pieces) parameters.set(name, joined(own));
  return { value: first.value.toLowerCase(), parameters };
}
