/** A telephone number as people write it, with blanks, dots, hyphens or brackets; letters O, I and l in it stand for digits. */
const number =
  /(?<![\dA-Za-z.,/-])(?:\+|\(|00)?[\dOIl]{1,4}\)?(?:[ .\-\u2010-\u2015()\u00a0]{1,3}[\dOIl]{2,5}){2,4}(?![\dA-Za-z])/g;

const maxText = 20_000;

/** Telephone numbers in a text, at most ten: nine to fifteen digits, grouped. */
export function telephonesIn(text: string): string[] {
  const found: string[] = [];
  for (const [match] of text.slice(0, maxText).matchAll(number)) {
    const signs = match.replace(/[^\dOIl]/g, '');
    const digits = match.replace(/\D/g, '').length;
    if (signs.length >= 9 && signs.length <= 15 && digits >= signs.length - 4) found.push(match.trim());
    if (found.length === 10) break;
  }
  return found;
}
