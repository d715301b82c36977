import { hash, pair, place } from './hash.ts';

/** Words that are looked at: what a mail wants stands near its beginning, and time stays bounded. */
const maxWords = 1_200;
const longest = 20;
const figure = hash('#');
const mixed = hash('#mixed');
const long = hash('#long');
const maxFigures = 9;

/**
 * The hash of a word as the model knows it: numbers by their length, what mixes letters and digits or is very long as what
 * it is, so that no order number, token or address becomes a feature. 0: too short to say anything.
 */
export function wordHash(word: string): number {
  let digits = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  if (digits === word.length) return pair(figure, Math.min(digits, maxFigures));
  if (digits > 0) return mixed;
  if (word.length < 2) return 0;
  return word.length > longest ? long : hash(word);
}

/** Hashes of the words in their order. */
export function wordHashes(words: readonly string[]): Uint32Array {
  const found = new Uint32Array(Math.min(words.length, maxWords));
  let count = 0;
  for (const word of words) {
    if (count === found.length) break;
    const hashed = wordHash(word);
    if (hashed !== 0) found[count++] = hashed;
  }
  return found.subarray(0, count);
}

/**
 * Places of all words and pairs of neighbours, in the order of the words; some come more than once. `into` takes at least
 * twice as many as there are words. Returns how many there are.
 */
export function placesOf(hashes: Uint32Array, into: Uint32Array): number {
  let count = 0;
  let before = 0;
  for (let at = 0; at < hashes.length; at++) {
    const current = hashes[at]!;
    into[count++] = place(current);
    if (before !== 0) into[count++] = place(pair(before, current));
    before = current;
  }
  return count;
}
