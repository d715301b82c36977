const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/**
 * Endings under which a large part of all names is abused. Sources: Interisle, Phishing Landscape 2023 and 2024 (phishing score by
 * TLD); Spamhaus, Domain Reputation Update 2023–2025 (most abused TLDs); the five free country endings of Freenom.
 */
const abused = words(
  `top xyz icu cyou cfd sbs bond click buzz rest monster quest lol cam fun gdn loan win bid stream download racing review
  faith party trade science date accountant cricket men webcam country kim work mom hair makeup beauty skin boats autos
  yachts homes bar zip mov gq ml tk cf ga ru.com sa.com za.com locker wang wiki uno pics lat help autos best qpon tattoo
  today support`,
);

/** Endings that are cheap and abused above average, with many honest names. */
const cheap = words(
  `online site website space store shop live club vip life world info pro pw cc su ws click link host press tech
  services digital agency center rocks email company solutions run fit mobi biz asia one ltd run in.net us.com`,
);

/** How much of what is named under an ending is abuse. */
export function endingReputation(suffix: string | null): 'abused' | 'cheap' | null {
  if (!suffix) return null;
  if (abused.has(suffix)) return 'abused';
  return cheap.has(suffix) ? 'cheap' : null;
}
