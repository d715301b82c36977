import { decodeRaw, decodeText } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer.ts';

export interface Decoded {
  text: string;
  /** Encoded words that are cut, of an unknown charset or encoding, or whose bytes are none of their charset. */
  broken: boolean;
  charsets: string[];
}

/** `=?charset*language?encoding?text?=`; blanks in the text are forbidden and common. */
const word = /=\?([^?\s]{1,60})\?([^?\s])\?([^?]{0,5000})\?=/g;

function bytesOf(encoding: string, text: string): Buffer | null {
  if (encoding === 'b' || encoding === 'B') return decodeBase64(Buffer.from(text, 'latin1'));
  if (encoding === 'q' || encoding === 'Q')
    return decodeQuotedPrintable(Buffer.from(text.replaceAll('_', ' '), 'latin1'), true);
  return null;
}

/**
 * A header's value with its encoded words (RFC 2047) as text. Neighbouring words of one charset are decoded together:
 * some programs cut characters in two. Never throws.
 */
export function decodeWords(value: string): Decoded {
  if (!value.includes('=?')) return { text: decodeRaw(value), broken: false, charsets: [] };
  let text = '';
  let broken = false;
  const charsets: string[] = [];
  let waiting: Buffer[] = [];
  let charset = '';
  let last = 0;
  const flush = () => {
    if (waiting.length === 0) return;
    const decoded = decodeText(
      waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting),
      charset,
    );
    text += decoded.text;
    broken ||= decoded.wrong;
    waiting = [];
  };
  for (const match of value.matchAll(word)) {
    const [whole, name = '', encoding = '', encoded = ''] = match;
    const bytes = bytesOf(encoding, encoded);
    if (bytes === null) {
      broken = true;
      continue;
    }
    const between = value.slice(last, match.index);
    const own = name.split('*', 1)[0]?.toLowerCase() ?? '';
    if (last === 0 || between.trim() !== '') {
      flush();
      text += decodeRaw(between);
    } else if (own !== charset) flush();
    if (!charsets.includes(own) && charsets.length < 10) charsets.push(own);
    charset = own;
    waiting.push(bytes);
    last = match.index + whole.length;
  }
  flush();
  const rest = value.slice(last);
  if (rest.includes('=?')) broken = true;
  return { text: text + decodeRaw(rest), broken, charsets };
}
