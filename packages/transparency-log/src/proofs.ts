import { nodeHash } from './hash.ts';
import type { Range } from './tree.ts';

/** The greatest power of two below `n` (n ≥ 2). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** PATH of RFC 6962, section 2.1.1: the ranges whose hashes prove that leaf `index` is in the tree of `size`. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError('The leaf is not in a tree of that size');
  const path = (lo: number, hi: number): Range[] => {
    if (hi - lo === 1) return [];
    const middle = lo + split(hi - lo);
    return index < middle
      ? [...path(lo, middle), { lo: middle, hi }]
      : [...path(middle, hi), { lo, hi: middle }];
  };
  return path(0, size);
}

/** PROOF of RFC 6962, section 2.1.2: the ranges whose hashes prove that the tree of `from` is the beginning of that of `to`. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!Number.isSafeInteger(from) || from < 1 || from > to)
    throw new RangeError('The first size must be from 1 to the second');
  const subproof = (m: number, lo: number, hi: number, whole: boolean): Range[] => {
    if (m === hi - lo) return whole ? [] : [{ lo, hi }];
    const k = split(hi - lo);
    return m <= k
      ? [...subproof(m, lo, lo + k, whole), { lo: lo + k, hi }]
      : [...subproof(m - k, lo + k, hi, false), { lo, hi: lo + k }];
  };
  return subproof(from, 0, to, true);
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

export interface InclusionProof {
  leafHash: Uint8Array;
  leafIndex: number;
  treeSize: number;
  hashes: readonly Uint8Array[];
  rootHash: Uint8Array;
}

/** RFC 9162, section 2.1.3.2. */
export function verifyInclusion({
  leafHash,
  leafIndex,
  treeSize,
  hashes,
  rootHash,
}: InclusionProof): boolean {
  if (!Number.isSafeInteger(leafIndex) || leafIndex < 0 || leafIndex >= treeSize) return false;
  let fn = leafIndex;
  let sn = treeSize - 1;
  let hash: Uint8Array = leafHash;
  for (const next of hashes) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(next, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, next);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(hash, rootHash);
}

export interface ConsistencyProof {
  from: number;
  to: number;
  fromRoot: Uint8Array;
  toRoot: Uint8Array;
  hashes: readonly Uint8Array[];
}

/** RFC 9162, section 2.1.4.2. */
export function verifyConsistency({ from, to, fromRoot, toRoot, hashes }: ConsistencyProof): boolean {
  if (!Number.isSafeInteger(from) || from < 1 || from > to) return false;
  if (from === to) return hashes.length === 0 && same(fromRoot, toRoot);
  const isPowerOfTwo = 2 ** Math.round(Math.log2(from)) === from;
  const path = isPowerOfTwo ? [fromRoot, ...hashes] : [...hashes];
  const [first, ...rest] = path;
  if (!first) return false;
  let fn = from - 1;
  let sn = to - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = first;
  let sr = first;
  for (const next of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(next, fr);
      sr = nodeHash(next, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, next);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(fr, fromRoot) && same(sr, toRoot);
}
