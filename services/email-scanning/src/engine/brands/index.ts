import { getDomainWithoutSuffix, getPublicSuffix } from 'tldts';
import { authorities } from './authorities.ts';
import { banks } from './banks.ts';
import type { Brand } from './brand.ts';
import { parcels } from './parcels.ts';
import { payments } from './payments.ts';
import { shops } from './shops.ts';
import { technology } from './technology.ts';

export type { Brand } from './brand.ts';

/** Whose name phishing uses, worldwide. */
export const brands: readonly Brand[] = [
  ...technology,
  ...payments,
  ...banks,
  ...parcels,
  ...shops,
  ...authorities,
];

const byDomain = new Map<string, Brand[]>();
const worldwide = new Map<string, Brand>();
for (const brand of brands) {
  for (const domain of brand.domains) byDomain.set(domain, [...(byDomain.get(domain) ?? []), brand]);
  const label = getDomainWithoutSuffix(brand.domains[0] ?? '');
  if (brand.worldwide && label) worldwide.set(label, brand);
}

const none: readonly Brand[] = [];

/** Whose a registrable domain is; several brands can share one. Under a country's ending the name must be given to few. */
export function ownersOf(registrable: string | null): readonly Brand[] {
  if (!registrable) return none;
  const known = byDomain.get(registrable);
  if (known) return known;
  const brand = worldwide.get(getDomainWithoutSuffix(registrable) ?? '');
  return brand && isCountry(getPublicSuffix(registrable)) ? [brand] : none;
}

/** Countries that give their names away for nothing or sell them to everybody as something else. */
const anybodysCountry = new Set([
  'tk',
  'ml',
  'ga',
  'cf',
  'gq',
  'cc',
  'ws',
  'pw',
  'su',
  'me',
  'co',
  'tv',
  'to',
  'ly',
  'io',
  'ai',
  'la',
  'gg',
  'vg',
  'is',
  'am',
  'fm',
]);

/** Whether names of that ending are a country's: `de`, `co.jp`, `com.br`. */
export function isCountry(suffix: string | null): boolean {
  const ending = suffix?.slice(suffix.lastIndexOf('.') + 1) ?? '';
  return ending.length === 2 && !anybodysCountry.has(ending);
}

/** Whether a host is one of the brand's. */
export const belongsTo = (registrable: string | null, brand: Brand): boolean =>
  ownersOf(registrable).includes(brand);
