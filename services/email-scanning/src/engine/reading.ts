import { limits } from './limits.ts';
import { unmask } from './look-alikes.ts';
import type { ParsedMessage, Reading } from './types.ts';

/** Signs that take no room on the screen (format characters, fillers, variation selectors), and accents. */
const unseen = /\p{Cf}|[\u115f\u1160\u17b4\u17b5\u3164]|\p{Variation_Selector}|\p{M}/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const otherSigns = /[^\x00-\x7f]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const otherSign = /[^\x00-\x7f]/;

/** Runs of blanks, and blanks that are no plain space. */
const blanks = /\s{2,}|[^\S ]/g;

const wordPattern = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
const asciiWordPattern = /[a-z0-9]+(?:'[a-z]+)*/g;

/**
 * Lower case, without accents and invisible signs, blanks single, look-alike letters in mixed words as Latin ones. Most text
 * is ASCII: only what is not goes through Unicode's tables.
 */
export function fold(text: string): string {
  const plain = otherSign.test(text)
    ? unmask(text.replace(otherSigns, (signs) => signs.normalize('NFKD').replace(unseen, '')).toLowerCase())
    : text.toLowerCase();
  return plain.replace(blanks, ' ');
}

/** The words of a folded text, at most so many as are looked at. */
function wordsOf(folded: string): string[] {
  const words = folded.match(otherSign.test(folded) ? wordPattern : asciiWordPattern) ?? [];
  return words.length > limits.words ? words.slice(0, limits.words) : words;
}

/** Makes a message's text ready for all that read it. Time is linear in the text, and bounded. */
export function read(message: ParsedMessage): Reading {
  const { subject, text, htmlText, hiddenText, attachments } = message;
  const names = attachments.map(({ filename }) => filename ?? '').join('\n');
  // Names come last: a long text must not push them out.
  const body = `${subject ?? ''}\n${htmlText || text}`.slice(
    0,
    limits.text - Math.min(names.length, limits.text / 2),
  );
  const shown = `${body}\n${names}`.slice(0, limits.text);
  const others = [htmlText ? text : '', hiddenText, ...attachments.map(({ facts }) => facts.text)];
  const everything = [shown, ...others].join('\n').slice(0, limits.everything);
  const folded = fold(shown);
  return { shown, everything, folded, words: wordsOf(folded) };
}
