import { domainToUnicode } from 'node:url';
import { getDomain, getDomainWithoutSuffix } from 'tldts';

/** The domain of an address, lower case; null when there is none. */
export function domainOf(address: string | undefined): string | null {
  const domain = address?.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return address?.includes('@') && domain ? domain : null;
}

/** The part that somebody registered, by the Public Suffix List: `mail.acme.co.uk` → `acme.co.uk`. */
export function registrable(domain: string | null): string | null {
  return domain ? (getDomain(domain) ?? domain) : null;
}

/** Letters of other scripts that look like Latin ones (from Unicode's confusables, those that are used for it). */
const lookAlike: Record<string, string> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  ѕ: 's',
  т: 't',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  α: 'a',
  β: 'b',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  ß: 'b',
  ɡ: 'g',
  ʟ: 'l',
  ո: 'n',
  օ: 'o',
  ս: 'u',
};

/**
 * A name as the eye takes it: accents gone, other scripts' letters as the Latin ones they look like, `rn` as `m`, `0` as `o`.
 * Two names with the same skeleton can be told apart only by looking closely.
 */
export function skeleton(label: string): string {
  const latin = [...label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .map((char) => lookAlike[char] ?? char)
    .join('');
  return latin
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
    .replace(/[1li|]/g, 'l')
    .replaceAll('-', '');
}

/** Edits (insert, delete, replace, swap of neighbours) from one to the other; gives up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous2: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (previous2[j - 2] ?? 0) + 1);
      row.push(best);
    }
    previous2 = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}

const unicode = (domain: string) => domainToUnicode(domain) || domain;
const minLabel = 5;

/**
 * How a domain imitates another one, as the end of a sentence, or null when it does not. Both are given in full; short
 * names are never taken for each other: too many are.
 */
export function imitation(domain: string, genuine: string): string | null {
  const [from, of] = [registrable(domain), registrable(genuine)];
  if (!from || !of || from === of) return null;
  if (domain.startsWith(`${genuine}.`) || domain.includes(`.${genuine}.`))
    return `puts ${genuine} in front of a domain of somebody else`;
  const label = unicode(getDomainWithoutSuffix(from) ?? from);
  const genuineLabel = unicode(getDomainWithoutSuffix(of) ?? of);
  if (genuineLabel.length < minLabel) return null;
  if (label === genuineLabel) return `has the same name under another ending than ${of}`;
  if (skeleton(label) === skeleton(genuineLabel)) return `looks like ${of} but is written differently`;
  const allowed = genuineLabel.length >= 10 ? 2 : 1;
  if (editDistance(label, genuineLabel, allowed) <= allowed)
    return `differs from ${of} by ${allowed === 1 ? 'one letter' : 'one or two letters'}`;
  const words = new RegExp(`(^|-)${genuineLabel.replace(/[^a-z0-9-]/g, '.')}(-|$)`);
  if (words.test(label)) return `adds a word to ${of}`;
  return null;
}
