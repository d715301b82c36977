import type { Part } from './part.ts';

const equals = 0x3d;
const cr = 13;
const lf = 10;
const blank = 32;
const tab = 9;

/** Anything besides the alphabet and padding, which Node's decoder would stop at or misread. */
const foreign = /[^A-Za-z0-9+/=\s]+/g;

/** Base64 as mail has it: with line breaks, with signs that do not belong there, several pieces in a row. */
export function decodeBase64(bytes: Buffer): Buffer {
  let text = bytes.toString('latin1');
  const padding = text.indexOf('=');
  if (padding >= 0 && /[^=\s]/.test(text.slice(padding))) {
    const pieces: string[] = text.replace(foreign, '').split(/=+\s*/);
    return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
  }
  if (text.includes('-') || text.includes('_')) text = text.replace(foreign, '');
  return Buffer.from(text, 'base64');
}

const digits = new Int8Array(256).fill(-1);
for (const [value, digit] of [...'0123456789ABCDEF'].entries()) {
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toLowerCase().charCodeAt(0)] = value;
}

/** Where the line ends that has only blanks from `at` on: index after its line break; -1 when there is more. */
function endOfBlankLine(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === blank || bytes[at] === tab || bytes[at] === cr) at++;
  if (at >= bytes.length) return at;
  return bytes[at] === lf ? at + 1 : -1;
}

/** Bytes between two encoded ones that are copied one by one: beyond that, Node's own search and copy are worth their calls. */
const shortStretch = 32;

/** Quoted-printable (RFC 2045, 6.7), or with `inWord` the Q encoding of RFC 2047; what is broken stays as it is. */
export function decodeQuotedPrintable(bytes: Buffer, inWord = false): Buffer {
  const first = bytes.indexOf(equals);
  if (first < 0) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let length = bytes.copy(out, 0, 0, first);
  for (let at = first; at < bytes.length; ) {
    if (bytes[at] === equals) {
      const high = digits[bytes[at + 1] ?? 0] as number;
      const low = digits[bytes[at + 2] ?? 0] as number;
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low;
        at += 3;
        continue;
      }
      const next = inWord ? -1 : endOfBlankLine(bytes, at + 1);
      if (next >= 0) {
        at = next;
        continue;
      }
    }
    out[length++] = bytes[at++] as number;
    const near = Math.min(at + shortStretch, bytes.length);
    while (at < near && bytes[at] !== equals) out[length++] = bytes[at++] as number;
    if (at < near) continue;
    const next = bytes.indexOf(equals, at);
    const end = next < 0 ? bytes.length : next;
    length += bytes.copy(out, length, at, end);
    at = end;
  }
  return out.subarray(0, length);
}

/** Whether the bytes that were sent are others than those that are meant. */
export const isEncoded = (encoding: string): boolean =>
  encoding === 'base64' || encoding === 'quoted-printable' || encoding.includes('uue');

/** A part's bytes as they are meant. uuencoded ones stay for the one who looks for files in them. */
export function decodeTransfer({ raw, start, end, encoding }: Part): Buffer {
  const body = raw.subarray(start, Math.max(start, end));
  if (encoding === 'base64') return decodeBase64(body);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(body);
  return body;
}
