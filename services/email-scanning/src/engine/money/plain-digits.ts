/** Signs without width that text may hold between its letters: format characters, fillers, variation selectors. */
const widthless = /\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u17b4\u17b5\u3164]/gu;
/** Letters and digits in other shapes: of full width, mathematical, circled. */
const dressed = /[\uff10-\uff5a]|[\u{1d400}-\u{1d7ff}]|[\u2460-\u24ff]/u;
/** Dashes and blanks of all kinds that stand between groups of digits. */
const dashes = /[\u2010-\u2015\u2212]/g;
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: whether there is anything beside ASCII at all
const ascii = /^[\u0000-\u007f]*$/;

/** Whether digits are written so that people can read them and programs cannot. */
export const isDisguised = (text: string) => dressed.test(text) || text.search(widthless) >= 0;

/** A text in which numbers look as they are typed. The same string when there is nothing to do. */
export function plainDigits(text: string): string {
  if (ascii.test(text)) return text;
  const undressed = dressed.test(text) ? text.normalize('NFKC') : text;
  return undressed.replace(widthless, '').replace(dashes, '-').replace(blanks, ' ');
}
