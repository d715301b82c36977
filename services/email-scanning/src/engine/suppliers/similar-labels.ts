import { editDistance } from '../domains.ts';

/** Labels of at least this length are compared with one edit, of the second with two. Shorter ones resemble too many. */
const minLength = 5;
const longLength = 10;
const pieces = 3;
const maxShift = 2;
/** Labels that share a piece are compared one by one; of a very common piece only so many. */
const maxCandidates = 300;

/** A bit for each letter that a label holds: two edits change at most four of them. */
function letters(label: string): number {
  let bits = 0;
  for (let at = 0; at < label.length; at++) bits |= 1 << (label.charCodeAt(at) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const allowedFor = (length: number) => (length >= longLength ? 2 : 1);

function* deletions(label: string): Generator<string> {
  yield label;
  for (let at = 0; at < label.length; at++) yield label.slice(0, at) + label.slice(at + 1);
}

/** Where the pieces of a label of that length begin and end. */
const cuts = (length: number) =>
  Array.from({ length: pieces }, (_, piece) => [
    Math.floor((piece * length) / pieces),
    Math.floor(((piece + 1) * length) / pieces),
  ]) as [number, number][];

function add<K>(map: Map<K, string[]>, key: K, value: string) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export interface SimilarLabels {
  /** A known label that differs from this one by one edit (of ten letters and more: two), but not the label itself. */
  find(label: string): { label: string; edits: number } | null;
}

/**
 * Finds near misses among thousands of labels without comparing with each. Short labels: two that differ by one edit have a
 * deletion of one letter in common. Long ones: of three pieces two edits leave one whole, about where it was ("Pass-Join", Li et
 * al., VLDB 2011; two edits of which one swaps letters over a border between pieces may be missed).
 */
export function similarLabels(labels: Iterable<string>): SimilarLabels {
  const byDeletion = new Map<string, string[]>();
  const byPiece = new Map<string, string[]>();
  const bits = new Map<string, number>();
  const lengths = new Set<number>();
  for (const label of new Set(labels)) {
    if (label.length < minLength) continue;
    if (label.length < longLength) {
      for (const part of deletions(label)) add(byDeletion, part, label);
      continue;
    }
    bits.set(label, letters(label));
    lengths.add(label.length);
    cuts(label.length).forEach(([from, to], piece) => {
      add(byPiece, `${label.length}.${piece}.${label.slice(from, to)}`, label);
    });
  }

  function nearLong(label: string) {
    const own = letters(label);
    const tried = new Set<string>();
    for (let length = Math.max(longLength, label.length - 2); length <= label.length + 2; length++) {
      if (!lengths.has(length)) continue;
      for (const [piece, [from, to]] of cuts(length).entries()) {
        for (let start = Math.max(0, from - maxShift); start <= from + maxShift; start++) {
          const candidates = byPiece.get(`${length}.${piece}.${label.slice(start, start + to - from)}`) ?? [];
          for (const candidate of candidates.slice(0, maxCandidates)) {
            if (tried.has(candidate) || candidate === label) continue;
            tried.add(candidate);
            if (bitCount(own ^ (bits.get(candidate) ?? 0)) > 4) continue;
            const edits = editDistance(label, candidate, 2);
            if (edits <= 2) return { label: candidate, edits };
          }
        }
      }
    }
    return null;
  }

  function nearShort(label: string) {
    for (const part of deletions(label)) {
      for (const candidate of byDeletion.get(part) ?? []) {
        if (candidate !== label && editDistance(label, candidate, allowedFor(candidate.length)) <= 1)
          return { label: candidate, edits: 1 };
      }
    }
    return null;
  }

  return {
    find(label) {
      if (label.length < minLength - 1 || label.length > 63) return null;
      return (
        (label.length <= longLength ? nearShort(label) : null) ??
        (label.length >= longLength - maxShift ? nearLong(label) : null)
      );
    },
  };
}
