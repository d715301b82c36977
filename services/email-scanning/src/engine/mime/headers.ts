import { type Allowance, type Header, tell } from './part.ts';

const lf = 10;
const cr = 13;
const blank = 32;
const tab = 9;
const dash = 45;

/** A name as RFC 5322 allows it: printable, no blank, no colon. */
const nameLike = /^[!-9;-~]{1,100}[ \t]*$/;

interface Line {
  start: number;
  /** Without the line break. */
  stop: number;
  next: number;
}

function lineAt(raw: Buffer, start: number): Line {
  const at = raw.indexOf(lf, start);
  const stop = at < 0 ? raw.length : at;
  return {
    start,
    stop: stop > start && raw[stop - 1] === cr ? stop - 1 : stop,
    next: at < 0 ? stop : at + 1,
  };
}

const continues = (raw: Buffer, { start }: Line) => raw[start] === blank || raw[start] === tab;

/** Index of the colon of a header line, or -1. */
function colonOf(raw: Buffer, { start, stop }: Line): number {
  const head = raw.toString('latin1', start, Math.min(stop, start + 110));
  const colon = head.indexOf(':');
  return colon > 0 && nameLike.test(head.slice(0, colon)) ? start + colon : -1;
}

/** Where headers end that are not read: found by searching, for there may be millions of lines. */
function endOfHeaders(raw: Buffer, from: number, stops: (lineStart: number) => boolean): number {
  const [short, long] = [raw.indexOf('\n\n', from - 1), raw.indexOf('\n\r\n', from - 1)];
  const ends = [short < 0 ? raw.length : short + 2, long < 0 ? raw.length : long + 3];
  const end = Math.min(...ends);
  for (let at = raw.indexOf('\n--', from - 1); at >= 0 && at < end; at = raw.indexOf('\n--', at + 1))
    if (stops(at + 1)) return at + 1;
  return end;
}

/**
 * Reads headers from `at` to the empty line, to a line at which `stops` says so, or to where the body begins without one.
 * What goes beyond the allowance is passed over and told. Linear.
 */
export function readHeaders(
  raw: Buffer,
  at: number,
  allowance: Allowance,
  stops: (lineStart: number) => boolean,
): { headers: Header[]; bodyStart: number } {
  const headers: Header[] = [];
  let current: Header | null = null;
  let position = at;
  while (position < raw.length) {
    const line = lineAt(raw, position);
    if (line.stop === line.start) return { headers, bodyStart: line.next };
    if (raw[line.start] === dash && stops(line.start)) return { headers, bodyStart: line.start };
    allowance.headerBytes -= line.next - line.start;
    const folded = continues(raw, line) && headers.length > 0;
    if (!folded) {
      current = null;
      allowance.headers--;
    }
    if (allowance.headerBytes < 0 || allowance.headers < 0) {
      tell(allowance, 'cut', 'The message has too many or too long headers; the rest of them was not read');
      return { headers, bodyStart: endOfHeaders(raw, line.next, stops) };
    }
    if (folded) {
      if (current) current.value += ` ${raw.toString('latin1', line.start, line.stop).trim()}`;
    } else {
      const colon = colonOf(raw, line);
      if (colon >= 0) {
        current = {
          name: raw.toString('latin1', line.start, colon).trimEnd().toLowerCase(),
          value: raw.toString('latin1', colon + 1, line.stop).trim(),
        };
        headers.push(current);
      } else {
        // A broken line among headers is passed over; text that goes on as text is the body, without its empty line.
        const next = lineAt(raw, line.next);
        const goesOn = next.start < raw.length && (next.stop === next.start || colonOf(raw, next) >= 0);
        if (headers.length === 0 || !goesOn) return { headers, bodyStart: line.start };
        tell(allowance, 'odd-headers', 'A line among the headers is none');
      }
    }
    position = line.next;
  }
  return { headers, bodyStart: raw.length };
}

/** The first header of that name; undefined when there is none. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  for (const header of headers) if (header.name === name) return header.value;
  return undefined;
}
