// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const other = /[^\x00-\x7f]/;

/** Format characters and fillers without width; the soft hyphen is not among them: honest text has it. */
const zeroWidth = /(?!\u00ad)\p{Cf}|[\u115f\u1160\u3164]|\u034f/gu;
/** In the middle of a word of a script that joins no letters with such signs. */
const cutWord =
  /[a-z\u00c0-\u024f\u0370-\u052f](?:[\u200b\u200c\u2060-\u2064\ufeff\u180e]|\u200d|\u034f){1,20}[a-z\u00c0-\u024f\u0370-\u052f]/giu;
/** Of scripts that join their letters with such signs, and of emoji put together by them. */
const joining =
  /[\u0590-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]|\p{Extended_Pictographic}\ufe0f?\u200d/u;

/** Zero-width and other invisible signs in a text, and the words that they cut in two. */
export function invisibleIn(text: string): { signs: number; cutWords: number } {
  if (!other.test(text)) return { signs: 0, cutWords: 0 };
  const signs = text.match(zeroWidth)?.length ?? 0;
  if (signs === 0) return { signs, cutWords: 0 };
  return { signs: joining.test(text) ? 0 : signs, cutWords: text.match(cutWord)?.length ?? 0 };
}
