import { domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import { skeleton } from '../domains.ts';
import { similarLabels } from '../suppliers/similar-labels.ts';
import { type Brand, brands, ownersOf } from './index.ts';
import { lureWords } from './lure-words.ts';

/** A domain that passes itself off as a brand's. */
export interface BrandImitation {
  brand: Brand;
  /** `looks-like`: another spelling of its name; `contains`: its name with more; `names`: a host of somebody else's is called so. */
  kind: 'looks-like' | 'contains' | 'names';
  /** How, as the end of a sentence. */
  how: string;
}

const minShape = 5;
const minNear = 6;
const minWord = 4;
const minJoined = 8;

/** The brands' names in domains, as they are and by shape. */
const byLabel = new Map<string, Brand>();
const byShape = new Map<string, Brand>();
for (const brand of brands) {
  for (const domain of brand.domains.slice(0, 1)) {
    const label = parse(domain).domainWithoutSuffix ?? '';
    if (label.length >= 3 && !byLabel.has(label)) byLabel.set(label, brand);
  }
  for (const alias of brand.aliases) {
    const label = alias.replace(/[^\p{L}\p{N}]/gu, '');
    // Joined words such as `tonline` and `tmobile` are too near to others.
    const least = alias.includes(' ') ? minJoined : minWord;
    if (label.length >= least && !byLabel.has(label)) byLabel.set(label, brand);
  }
}
for (const [label, brand] of byLabel)
  if (label.length >= minShape && !byShape.has(skeleton(label))) byShape.set(skeleton(label), brand);
const near = similarLabels(
  [...byLabel].flatMap(([label, { common }]) => (label.length >= minNear && !common ? [label] : [])),
);
const longNames = [...byLabel].filter(([label, { common }]) => label.length >= minNear && !common);

/** Words with which a brand's name makes one label: `paypal` in `paypalsecurity`, `securepaypal`. */
function joined(label: string): Brand | null {
  for (const [name, brand] of longNames) {
    if (label.length <= name.length) continue;
    const rest = label.startsWith(name)
      ? label.slice(name.length)
      : label.endsWith(name)
        ? label.slice(0, -name.length)
        : null;
    if (rest !== null && lureWords.has(rest)) return brand;
  }
  return null;
}

function wordIn(words: readonly string[]): Brand | null {
  const lured = words.some((word) => lureWords.has(word));
  for (const word of words) {
    const brand = word.length >= minWord ? byLabel.get(word) : undefined;
    if (brand && (!brand.common || lured)) return brand;
    const short = word.length === 3 && lured ? byLabel.get(word) : undefined;
    if (short && !short.common) return short;
    const whole = brand ? null : joined(word);
    if (whole) return whole;
  }
  return null;
}

/** Endings of companies' own domains; as a part within a host they only pretend to be its end. */
const endings = new Set([
  'com',
  'net',
  'org',
  'co',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'uk',
  'us',
  'eu',
  'ca',
  'au',
  'gov',
]);
const joinedIn = (words: readonly string[]) => words.some((word) => joined(word) !== null);

function judge(host: string): BrandImitation | null {
  const { domain, domainWithoutSuffix, subdomain } = parse(host, { validateHostname: false });
  if (!domain || !domainWithoutSuffix || ownersOf(domain).length > 0) return null;
  const label = domainWithoutSuffix.includes('xn--')
    ? (domainToUnicode(domain).split('.')[0] ?? domainWithoutSuffix)
    : domainWithoutSuffix;
  const shaped = byShape.get(skeleton(label));
  if (shaped && !byLabel.has(label.replaceAll('-', '')) && (!shaped.common || label !== domainWithoutSuffix))
    return { brand: shaped, kind: 'looks-like', how: `looks like ${shaped.name} but is written differently` };
  const missed = byLabel.has(label) || lureWords.has(label) ? null : near.find(label);
  const brandMissed = missed?.edits === 1 ? byLabel.get(missed.label) : undefined;
  if (brandMissed)
    return {
      brand: brandMissed,
      kind: 'looks-like',
      how: `differs from ${brandMissed.name}'s by one letter`,
    };
  const words = label.toLowerCase().split('-').slice(0, 20);
  const inLabel = words.length > 1 || joined(label) ? wordIn(words) : null;
  if (inLabel)
    return {
      brand: inLabel,
      kind: 'contains',
      how: `has the name of ${inLabel.name} in it but is not its own`,
    };
  const before = subdomain ? subdomain.toLowerCase().split(/[.-]/).slice(-20) : [];
  const inFront = wordIn(before);
  if (!inFront) return null;
  // `gitlab.university.example` runs that program; `paypal.com.evil.example` and `login-paypal.evil.example` want to be read as PayPal's.
  const posing = before.some((word) => endings.has(word) || lureWords.has(word)) || joinedIn(before);
  return {
    brand: inFront,
    kind: posing ? 'contains' : 'names',
    how: `puts the name of ${inFront.name} in front of a domain of somebody else`,
  };
}

/** Hosts come again and again: mails of one sender, links of one mail. */
const judged = new Map<string, BrandImitation | null>();
const maxJudged = 10_000;

/** Which brand a host imitates, if it is none of the brand's own. */
export function imitatedBrand(host: string): BrandImitation | null {
  const known = judged.get(host);
  if (known !== undefined) return known;
  if (judged.size >= maxJudged) judged.clear();
  const result = host.length > 253 ? null : judge(host);
  judged.set(host, result);
  return result;
}
