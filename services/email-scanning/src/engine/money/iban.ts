import { countrySpecs, isValidIBAN } from 'ibantools';

/** How long an IBAN is, by country (ISO 13616 registry). */
const lengths = new Map(
  Object.entries(countrySpecs).flatMap(([country, { chars, IBANRegistry }]) =>
    chars && IBANRegistry ? [[country, chars] as const] : [],
  ),
);

/** What is called an account; the number may be glued to it where a mark-up between them is gone. */
const called = 'iban|account|konto|compte|cuenta|conto|conta|rekening';
/** Where one may begin: country and check digits, at the start of a word or glued to what it is called. */
const beginning = new RegExp(
  `(?<![A-Za-z0-9])((?:${called})?)[A-Za-z]{2}[\\s.\\-_/|:;,*>·•]{0,6}\\d[\\s.\\-_/|:;·•]{0,3}\\d`,
  'gi',
);
const label = new RegExp(`(?:${called})[^\\d]{0,30}$`, 'i');
/** The international number is often written without its country where that is clear: Poland's account number has 26 digits. */
const polish = /(?<![\dA-Za-z])\d{2}(?:[ -]?\d{4}){6}(?!\d)/g;

/** Signs that may stand between two characters of a number: groups, cells of a table, broken lines with quote marks. */
const maxGap = 6;
/** Different accounts: who repeats one does not hide the next one by it. */
const maxFound = 50;
/** Beginnings looked at in one text. */
const maxTried = 10_000;
/** A footnote's sign that lost its mark-up is a digit or two glued behind. */
const maxFootnote = 2;
const labelReach = 40;

const isSeparator = (code: number) =>
  // Blank, line breaks, tab, - . / _ | : ; * > , · •
  code === 32 ||
  code === 10 ||
  code === 13 ||
  code === 9 ||
  (code >= 44 && code <= 47) ||
  code === 95 ||
  code === 124 ||
  code === 58 ||
  code === 59 ||
  code === 183 ||
  code === 8226 ||
  code === 42 ||
  code === 62;

const isAlphanumeric = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** The number of that length which begins there, without what separates its groups; null when the text ends or goes on otherwise. */
function compactFrom(text: string, start: number, length: number): { compact: string; end: number } | null {
  let compact = '';
  let gap = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isAlphanumeric(code)) {
      compact += text[at];
      gap = 0;
      if (compact.length === length) return { compact: compact.toUpperCase(), end: at + 1 };
    } else if (!isSeparator(code) || ++gap > maxGap) return null;
  }
  return null;
}

const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';

/** Whether a text may hold an IBAN at all: cheap, to be asked first. */
export const mayHoldIban = (text: string) => text.search(beginning) >= 0 || text.search(polish) >= 0;

/** An IBAN with good check digits and the length and structure of its country, and where it stands. */
export interface FoundIban {
  iban: string;
  at: number;
}

/** Whether a number ends where its country says: a long part number goes on, a named or grouped account may have a footnote. */
function endsThere(text: string, start: number, end: number, length: number): boolean {
  let after = end;
  while (after <= end + maxFootnote && isDigit(text[after])) after++;
  if (after === end) return true;
  if (after > end + maxFootnote) return false;
  return end - start > length || label.test(text.slice(Math.max(0, start - labelReach), start));
}

/** IBANs in a text, each once, however their groups are separated. Time is linear in the text. */
export function findIbans(text: string): FoundIban[] {
  const found = new Map<string, number>();
  let tried = 0;
  for (const match of text.matchAll(beginning)) {
    const start = match.index + (match[1]?.length ?? 0);
    const length = lengths.get(text.slice(start, start + 2).toUpperCase());
    if (length === undefined) continue;
    if (++tried > maxTried || found.size >= maxFound) break;
    const number = compactFrom(text, start, length);
    if (!number || found.has(number.compact) || !isValidIBAN(number.compact)) continue;
    if (endsThere(text, start, number.end, length)) found.set(number.compact, start);
  }
  for (const match of text.matchAll(polish)) {
    const iban = `PL${match[0].replace(/\D/g, '')}`;
    if (found.size < maxFound && !found.has(iban) && isValidIBAN(iban)) found.set(iban, match.index);
  }
  return [...found].map(([iban, at]) => ({ iban, at }));
}

/** Readable in groups of four, as on paper. */
export const groupedIban = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 ');
