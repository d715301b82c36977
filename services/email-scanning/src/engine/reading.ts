import { limits } from './limits.ts';
import type { ParsedMessage, Reading } from './types.ts';

/** Signs that take no room on the screen: format characters, fillers and variation selectors. */
const invisible = /\p{Cf}|[\u115f\u1160\u17b4\u17b5\u3164]|\p{Variation_Selector}/gu;

const wordPattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Lower case, without accents and invisible signs, blanks single. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(invisible, '')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ');
}

/** Makes a message's text ready for all that read it. Time is linear in the text. */
export function read(message: ParsedMessage): Reading {
  const { subject, text, htmlText, hiddenText, attachments } = message;
  const names = attachments.map(({ filename }) => filename ?? '');
  const shown = [subject ?? '', htmlText || text, ...names].join('\n').slice(0, limits.text);
  const everything = [
    shown,
    htmlText ? text : '',
    hiddenText,
    ...attachments.map(({ facts }) => facts.text),
  ].join('\n');
  const folded = fold(shown);
  return { shown, everything, folded, words: (folded.match(wordPattern) ?? []).slice(0, limits.words) };
}
