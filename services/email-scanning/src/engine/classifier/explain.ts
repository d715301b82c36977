import type { Reading } from '../types.ts';
import { pair, place } from './hash.ts';
import { type Model, unknown } from './model.ts';
import { wordHash } from './words.ts';

const maxWords = 600;
const readable = /^\p{L}{3,}$/u;

/** The words, or two in a row, that speak most for the mail being unwanted; strongest first. */
export function strongestWords({ weights }: Model, { words }: Reading, count: number): string[] {
  const found = new Map<string, number>();
  let before: { word: string; hash: number } | null = null;
  const consider = (text: string, at: number) => {
    const weight = weights[at] ?? unknown;
    if (weight > 0) found.set(text, weight);
  };
  for (const word of words.slice(0, maxWords)) {
    const current = { word, hash: wordHash(word) };
    const shown = readable.test(word);
    if (shown) consider(word, place(current.hash));
    if (shown && before && readable.test(before.word))
      consider(`${before.word} ${word}`, place(pair(before.hash, current.hash)));
    before = current;
  }
  const picked: string[] = [];
  for (const [text] of [...found].sort(([, a], [, b]) => b - a)) {
    if (picked.length === count) break;
    if (!picked.some((other) => other.includes(text) || text.includes(other))) picked.push(text);
  }
  return picked;
}
