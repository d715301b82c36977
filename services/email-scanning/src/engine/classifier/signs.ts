/** What kinds of signs a text is made of. */
export interface Signs {
  all: number;
  letters: number;
  /** Of A–Z. */
  capitals: number;
  figures: number;
  exclaims: number;
  /** Letters beyond the Latin script. */
  otherScript: number;
  /** Currency signs. */
  money: number;
  /** Lines that begin with `>`. */
  quotedLines: number;
}

const newline = 0x0a;
const quote = 0x3e;
/** The end of Latin Extended-B; general punctuation and signs; letters come again from here. */
const latinEnd = 0x250;
const signsFrom = 0x2000;
const signsEnd = 0x2e80;

/** Counts in one go: several regular expressions over each mail would cost more than all words. */
export function countSigns(text: string): Signs {
  let [letters, capitals, figures, exclaims, otherScript, money, quotedLines] = [0, 0, 0, 0, 0, 0, 0];
  let before = newline;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x61 && code <= 0x7a) letters++;
    else if (code >= 0x41 && code <= 0x5a) {
      letters++;
      capitals++;
    } else if (code >= 0x30 && code <= 0x39) figures++;
    else if (code === 0x21) exclaims++;
    else if (code === 0x24 || code === 0x20ac || code === 0xa3 || code === 0xa5) money++;
    else if (code === quote && before === newline) quotedLines++;
    else if (code >= 0xc0 && code < latinEnd) letters++;
    else if (code >= latinEnd && (code < signsFrom || code >= signsEnd)) {
      letters++;
      otherScript++;
    }
    before = code;
  }
  return { all: text.length, letters, capitals, figures, exclaims, otherScript, money, quotedLines };
}
