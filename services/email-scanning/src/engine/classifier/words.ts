import { hash, pair, place } from './hash.ts';

/** Words that are looked at: what a mail wants stands near its beginning, and time stays bounded. */
const maxWords = 1_200;
const longest = 20;
const digits = /^\d+$/;
const digit = /\d/;

/**
 * A word as the model knows it: numbers by their length, what mixes letters and digits or is very long as what it is, so
 * that no order number, token or address becomes a feature.
 */
export function plainWord(word: string): string {
  if (digit.test(word)) return digits.test(word) ? `#${Math.min(word.length, 9)}` : '#mixed';
  return word.length > longest ? '#long' : word;
}

/** Hashes of the words in their order; plain words of one letter are left out. */
export function wordHashes(words: readonly string[]): Uint32Array {
  const found = new Uint32Array(Math.min(words.length, maxWords));
  let count = 0;
  for (const word of words) {
    if (count === found.length) break;
    if (word.length < 2 && !digit.test(word)) continue;
    found[count++] = hash(plainWord(word));
  }
  return found.subarray(0, count);
}

/** Calls `take` with the place of every word and every pair of neighbours; some come more than once. */
export function eachPlace(hashes: Uint32Array, take: (place: number) => void): void {
  let before = 0;
  for (const current of hashes) {
    take(place(current));
    if (before !== 0) take(place(pair(before, current)));
    before = current;
  }
}
