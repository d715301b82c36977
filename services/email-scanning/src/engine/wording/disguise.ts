import { unmask } from '../look-alikes.ts';

/** A word that is not what it seems to a program. */
export interface Disguised {
  /** As written. */
  written: string;
  /** What people read. */
  plain: string;
  how: 'digits' | 'spaced' | 'scripts';
}

const letterFor: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
};

/** Letters with digits or signs within: a letter at both ends, so that model numbers and units stay out. */
const withDigits = /(?<![\w@$!|.:/=&?%-])[a-z]+(?:[0134578@$!|]{1,2}[a-z]+){1,4}(?![\w@$!|=/-]|\.[a-z])/gi;
/** Single letters with the same sign between them: `v.i.a.g.r.a`. */
const spaced = /(?<![\p{L}\p{N}.*_-])\p{L}(?:([.*_ -])\p{L})(?:\1\p{L}){3,20}(?![\p{L}\p{N}])/gu;
/** Latin and Cyrillic or Greek letters in one word. */
const mixed =
  /(?<!\p{L})(?=\p{L}{0,30}\p{Script=Latin})(?=\p{L}{0,30}[\p{Script=Cyrillic}\p{Script=Greek}])\p{L}{3,30}(?!\p{L})/gu;

const otherScript = /[\u0370-\u052f]/;

const maxFound = 50;

const undigit = (word: string) =>
  word.toLowerCase().replace(/[0134578@$!|]/g, (sign) => letterFor[sign] ?? sign);

/** Words of a text that are written in disguise, at most 50. Time is linear in the text. */
export function disguisedWords(text: string): Disguised[] {
  const found: Disguised[] = [];
  for (const [written] of text.matchAll(withDigits))
    found.push({ written, plain: undigit(written), how: 'digits' });
  for (const [written] of text.matchAll(spaced))
    found.push({ written, plain: written.replace(/[.*_ -]/g, '').toLowerCase(), how: 'spaced' });
  if (otherScript.test(text))
    for (const [written] of text.matchAll(mixed)) {
      const plain = unmask(written.toLowerCase());
      // Where letters of the other script are left, it is no Latin word in disguise: a stem with a Russian ending.
      if (/^[a-z]+$/.test(plain)) found.push({ written, plain, how: 'scripts' });
    }
  return found.slice(0, maxFound);
}
