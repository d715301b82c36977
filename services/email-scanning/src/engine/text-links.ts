import type { Link } from './types.ts';

/** Addresses in plain text; hxxp is how cautious people write those that must not be followed. */
const address = /(?:h(?:tt|xx)ps?:\/\/|\bwww\.)[^\s<>"\u00a0\u3000]{2,2000}/gi;
const trailing = /[.,;:!?'’”*_|\\]{1,20}$/;
const pairs: [string, string][] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];

const countOf = (text: string, sign: string) => text.split(sign).length - 1;

/** Without what belongs to the sentence around it: full stops, and brackets that were not opened in it. */
function trimmed(found: string): string {
  let text = found;
  for (let round = 0; round < 10; round++) {
    const before = text;
    text = text.replace(trailing, '');
    for (const [open, close] of pairs)
      if (text.endsWith(close) && countOf(text, close) > countOf(text, open)) text = text.slice(0, -1);
    if (text === before) break;
  }
  return text;
}

/** Links that stand in plain text show where they lead. A mail program makes a link of `www.` too. */
export function linksIn(text: string, limit: number): Link[] {
  const found: Link[] = [];
  if (!text.includes('://') && !/www\./i.test(text)) return found;
  for (const [match] of text.matchAll(address)) {
    if (found.length >= limit) break;
    const shown = trimmed(match);
    if (shown.length > 7)
      found.push({ href: /^www\./i.test(shown) ? `http://${shown}` : shown, text: shown, from: 'text' });
  }
  return found;
}
