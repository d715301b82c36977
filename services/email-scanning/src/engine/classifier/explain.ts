import type { Reading } from '../types.ts';
import { pair, place } from './hash.ts';
import { type Model, unknown } from './model.ts';
import { wordHash } from './words.ts';

const maxWords = 600;
const readable = /^\p{L}{3,}$/u;

/** The words, or two in a row, that speak most for the mail being unwanted; strongest first. */
export function strongestWords({ weights }: Model, { words }: Reading, count: number): string[] {
  const found = new Map<string, number>();
  const end = Math.min(words.length, maxWords);
  /** The word before, when it can be shown, and its hash. */
  let before: string | null = null;
  let hashBefore = 0;
  for (let nth = 0; nth < end; nth++) {
    const word = words[nth]!;
    if (!readable.test(word)) {
      before = null;
      continue;
    }
    const hash = wordHash(word);
    const alone = weights[place(hash)] ?? unknown;
    if (alone > 0) found.set(word, alone);
    const together = before === null ? unknown : (weights[place(pair(hashBefore, hash))] ?? unknown);
    if (together > 0) found.set(`${before} ${word}`, together);
    before = word;
    hashBefore = hash;
  }
  const picked: string[] = [];
  for (const [text] of [...found].sort(([, a], [, b]) => b - a)) {
    if (picked.length === count) break;
    if (!picked.some((other) => other.includes(text) || text.includes(other))) picked.push(text);
  }
  return picked;
}
