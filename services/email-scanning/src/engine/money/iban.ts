import { countrySpecs, isValidIBAN } from 'ibantools';

/** How long an IBAN is, by country (ISO 13616 registry). */
const lengths = new Map(
  Object.entries(countrySpecs).flatMap(([country, { chars, IBANRegistry }]) =>
    chars && IBANRegistry ? [[country, chars] as const] : [],
  ),
);

/** Where one may begin: country and check digits, at the start of a word. */
const beginning = /(?<![A-Za-z0-9])[A-Za-z]{2}[ .\-_/]{0,2}\d[ .\-_]?\d/g;
/** The international number is often written without its country where that is clear: Poland's account number has 26 digits. */
const polish = /(?<![\dA-Za-z])\d{2}(?:[ -]?\d{4}){6}(?!\d)/g;

/** Signs that may stand between two characters of a number: groups, cells of a table, broken lines with quote marks. */
const maxGap = 6;
const maxFound = 50;
const maxTried = 2_000;

const isSeparator = (code: number) =>
  // Blank, line breaks, tab, - . / _ | : * > ,
  code === 32 ||
  code === 10 ||
  code === 13 ||
  code === 9 ||
  (code >= 44 && code <= 47) ||
  code === 95 ||
  code === 124 ||
  code === 58 ||
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

/** IBANs in a text, however their groups are separated. Time is linear in the text. */
export function findIbans(text: string): FoundIban[] {
  const found: FoundIban[] = [];
  let tried = 0;
  for (const match of text.matchAll(beginning)) {
    const length = lengths.get(match[0].slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    if (++tried > maxTried || found.length >= maxFound) break;
    const number = compactFrom(text, match.index, length);
    if (!number || isDigit(text[number.end]) || !isValidIBAN(number.compact)) continue;
    found.push({ iban: number.compact, at: match.index });
  }
  for (const match of text.matchAll(polish)) {
    const iban = `PL${match[0].replace(/\D/g, '')}`;
    if (found.length < maxFound && isValidIBAN(iban) && !found.some((other) => other.iban === iban))
      found.push({ iban, at: match.index });
  }
  return found;
}

/** Readable in groups of four, as on paper. */
export const groupedIban = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 ');
