import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodeUtf7 } from './utf7.ts';

const decoders = new Map<string, TextDecoder | null>();
const maxKnown = 200;

/** Names that mail uses and the WHATWG list does not know. */
const otherNames = new Map(
  Object.entries({
    utf8mb4: 'utf-8',
    cp1250: 'windows-1250',
    cp1251: 'windows-1251',
    cp1252: 'windows-1252',
    cp936: 'gbk',
    cp932: 'shift_jis',
    cp949: 'euc-kr',
    cp950: 'big5',
    ansi: 'windows-1252',
    'iso-8859-8-i': 'iso-8859-8',
  }),
);

function decoderOf(charset: string): TextDecoder | null {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  let decoder: TextDecoder | null = null;
  try {
    decoder = new TextDecoder(otherNames.get(charset) ?? charset);
  } catch {
    // No charset that anybody knows.
  }
  if (decoders.size < maxKnown) decoders.set(charset, decoder);
  return decoder;
}

const western = new TextDecoder('windows-1252');
const unspecified = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'utf-8',
  'utf8',
  'unknown-8bit',
  '8bit',
]);

/**
 * Bytes as text. `wrong`: the charset is unknown, or the bytes are none of it; then they are read as UTF-8 if they are
 * that, else as Windows-1252 (a superset of Latin 1).
 */
export function decodeText(bytes: Buffer, declared: string): { text: string; wrong: boolean } {
  const charset = declared.trim().toLowerCase();
  if (unspecified.has(charset)) {
    if (isAscii(bytes)) return { text: bytes.toString('latin1'), wrong: false };
    if (isUtf8(bytes)) return { text: bytes.toString('utf8'), wrong: charset.startsWith('us-') };
    return { text: western.decode(bytes), wrong: charset !== '' };
  }
  if (charset === 'utf-7' || charset === 'unicode-1-1-utf-7')
    return { text: decodeUtf7(bytes.toString('latin1')), wrong: false };
  const decoder = decoderOf(charset);
  if (decoder) return { text: decoder.decode(bytes), wrong: false };
  const text = isUtf8(bytes) ? bytes.toString('utf8') : western.decode(bytes);
  return { text, wrong: true };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const eightBit = /[^\x00-\x7f]/;

/** Whether a header's value holds bytes that RFC 5322 does not allow there. */
export const hasEightBit = (value: string): boolean => eightBit.test(value);

/** A header's bytes (one character each) as text. */
export function decodeRaw(value: string): string {
  return eightBit.test(value) ? decodeText(Buffer.from(value, 'latin1'), '').text : value;
}
