import { getDomain } from 'tldts';

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

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
const otherSign = /[^\x00-\x7f]/;

/** In lower case, with Latin letters for those that look like them. Most names are ASCII, which has none to replace. */
function latin(label: string): string {
  if (!otherSign.test(label)) return label.toLowerCase();
  return [...label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .map((char) => lookAlike[char] ?? char)
    .join('');
}

/**
 * A name as the eye takes it: accents gone, other scripts' letters as the Latin ones they look like, `rn` as `m`, `0` as `o`.
 * Two names with the same skeleton can be told apart only by looking closely.
 */
export function skeleton(label: string): string {
  return latin(label)
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
