import { skeleton } from '../domains.ts';
import { type Brand, brands } from './index.ts';

interface Alias {
  brand: Brand;
  words: readonly string[];
}

/** Aliases by the shape of their first word, longer ones first. */
const byFirst = new Map<string, Alias[]>();
for (const brand of brands) {
  for (const alias of brand.aliases) {
    const words = alias
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map(skeleton);
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { brand, words }]);
  }
}
for (const aliases of byFirst.values()) aliases.sort((a, b) => b.words.length - a.words.length);
/** A brand's name in a text: from which word on, and how many. */
export interface Mention {
  brand: Brand;
  at: number;
  length: number;
}

/** What a word can be the beginning of; a text's words come again and again. */
const known = new Map<string, readonly Alias[] | null>();
const maxKnown = 20_000;

function aliasesAt(word: string): readonly Alias[] | null {
  let aliases = known.get(word);
  if (aliases === undefined) {
    if (known.size >= maxKnown) known.clear();
    aliases = (word.length > 20 ? null : byFirst.get(skeleton(word))) ?? null;
    known.set(word, aliases);
  }
  return aliases;
}

/** The brands that a text names, by its folded words; `PayPa1` names PayPal. Time is linear in the words. */
export function mentions(words: readonly string[], limit = words.length): Mention[] {
  const found: Mention[] = [];
  const end = Math.min(limit, words.length);
  for (let at = 0; at < end; at++) {
    const aliases = aliasesAt(words[at] ?? '');
    const alias = aliases?.find((alias) =>
      alias.words.every((part, nth) => nth === 0 || skeleton(words[at + nth] ?? '') === part),
    );
    if (!alias) continue;
    found.push({ brand: alias.brand, at, length: alias.words.length });
    at += alias.words.length - 1;
  }
  return found;
}

const wordPattern = /[\p{L}\p{N}]+/gu;

/** The words of a short text, folded. */
export const wordsOf = (folded: string): string[] => folded.match(wordPattern) ?? [];
