import type { Brand } from './brand.ts';
import { lureWords } from './lure-words.ts';
import { mentions } from './names.ts';

/** The brand that a path names beside a word such as `login` or `account`: a copy of its page on somebody else's server. */
export function brandInPath(words: readonly string[]): Brand | null {
  if (!words.some((word) => lureWords.has(word))) return null;
  return mentions(words).find(({ brand }) => !brand.common)?.brand ?? null;
}
