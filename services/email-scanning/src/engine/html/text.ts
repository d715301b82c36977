import { limits } from '../limits.ts';

/** Runs of blanks, and blanks that are no plain space; a single space, which most are, is left alone. */
const blanks = / [ \t\r\f\v\u00a0]+|[\t\r\f\v\u00a0][ \t\r\f\v\u00a0]*/g;

/** Blanks and line breaks as a reader would have them: single, none at the ends. Linear. */
export function tidy(text: string): string {
  return text
    .replace(blanks, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** The beginning and the end of what is longer than may be looked at. */
export function bounded(text: string): string {
  if (text.length <= limits.text) return text;
  const tail = Math.floor(limits.text / 5);
  return `${text.slice(0, limits.text - tail - 1)}\n${text.slice(-tail)}`;
}

/** How many characters take ink. */
export function inked(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (
      code > 32 &&
      code !== 0xa0 &&
      code !== 0xad &&
      code !== 0x34f &&
      !(code >= 0x2000 && code <= 0x200f) &&
      code !== 0xfeff
    )
      count++;
  }
  return count;
}
