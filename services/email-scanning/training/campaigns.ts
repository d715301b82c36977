import { pair } from '../src/engine/classifier/hash.ts';
import { wordHashes } from '../src/engine/classifier/words.ts';
import type { ParsedMessage, Reading } from '../src/engine/types.ts';

/** What makes two messages one campaign: a SimHash of their pairs of words, and their subject as a template. */
export interface Fingerprint {
  low: number;
  high: number;
  /** The subject without figures, signs and marks of answers; empty when it says too little. */
  subject: string;
  /** Pairs of words: with very few the hash says little. */
  size: number;
}

const minSubject = 10;
const minSize = 12;
/** Bits of 64 in which two messages of one campaign may differ. */
const maxDistance = 10;

/** 64 bits, near for texts that share most of their pairs of words (Charikar 2002). */
export function fingerprint(message: ParsedMessage, reading: Reading): Fingerprint {
  const votes = new Int32Array(64);
  const hashes = wordHashes(reading.words);
  let before = 0;
  for (const current of hashes) {
    const low = pair(before, current);
    const high = pair(current, low);
    for (let bit = 0; bit < 32; bit++) {
      votes[bit]! += (low >>> bit) & 1 ? 1 : -1;
      votes[bit + 32]! += (high >>> bit) & 1 ? 1 : -1;
    }
    before = current;
  }
  let [low, high] = [0, 0];
  for (let bit = 0; bit < 32; bit++) {
    if (votes[bit]! > 0) low |= 1 << bit;
    if (votes[bit + 32]! > 0) high |= 1 << bit;
  }
  const subject = (message.subject ?? '')
    .toLowerCase()
    .replace(/\[[^\]]{0,40}\]/g, ' ')
    .replace(/(^|\s)(re|aw|fwd?|wg|enc)\s*:/g, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return { low, high, subject: subject.length >= minSubject ? subject : '', size: hashes.length };
}

function bits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The number of the campaign of each message: two that are near, or bear the same subject, are of one. */
export function campaigns(prints: readonly Fingerprint[]): number[] {
  const parent = prints.map((_, at) => at);
  const root = (at: number): number => {
    let found = at;
    while (parent[found] !== found) found = parent[found]!;
    parent[at] = found;
    return found;
  };
  const subjects = new Map<string, number>();
  for (const [at, { subject }] of prints.entries()) {
    if (subject === '') continue;
    const first = subjects.get(subject);
    if (first === undefined) subjects.set(subject, at);
    else parent[root(at)] = root(first);
  }
  for (let a = 0; a < prints.length; a++) {
    const one = prints[a]!;
    if (one.size < minSize) continue;
    for (let b = a + 1; b < prints.length; b++) {
      const two = prints[b]!;
      if (bits(one.low ^ two.low) + bits(one.high ^ two.high) <= maxDistance && two.size >= minSize)
        parent[root(b)] = root(a);
    }
  }
  return prints.map((_, at) => root(at));
}
