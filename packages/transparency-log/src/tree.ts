import { emptyRoot, nodeHash } from './hash.ts';

/**
 * A node over 2^level leaves that are all there: its leaves are [index·2^level, (index+1)·2^level). Level 0 are the leaves
 * themselves. Such a node never changes; everything else is reckoned from them.
 */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `lo` up to, not including, `hi`. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
}

export type ReadNode = (node: NodeId) => Uint8Array;

/** The greatest power of two that is not above `n` (n ≥ 1), as its exponent. Sizes go beyond 32 bits. */
function greatestLevel(n: number): number {
  let level = Math.floor(Math.log2(n));
  if (2 ** level > n) level--;
  if (2 ** (level + 1) <= n) level++;
  return level;
}

/** The level of the greatest complete node that begins at a leaf. */
function alignment(at: number): number {
  let level = 0;
  for (let rest = at; rest % 2 === 0; rest /= 2) level++;
  return level;
}

/** The greatest complete nodes that a range is made of, left to right. */
export function completeNodes({ lo, hi }: Range): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = lo; at < hi; ) {
    const greatest = greatestLevel(hi - at);
    const level = at === 0 ? greatest : Math.min(greatest, alignment(at));
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/**
 * MTH of RFC 6962 over a range, from its complete nodes. `lo` must be a multiple of the range's greatest power of two, as it
 * is in every range that a proof asks for.
 */
export function hashRange(range: Range, read: ReadNode): Buffer {
  const hashes = completeNodes(range).map(read);
  const last = hashes.at(-1);
  if (!last) return emptyRoot;
  return Buffer.from(
    hashes.slice(0, -1).reduceRight<Uint8Array>((right, left) => nodeHash(left, right), last),
  );
}

/** The root of the first `size` leaves. */
export const rootHash = (size: number, read: ReadNode): Buffer => hashRange({ lo: 0, hi: size }, read);

export interface StoredNode extends NodeId {
  readonly hash: Buffer;
}

/**
 * What appending leaves to a tree of `size` adds: the leaves and every node that they complete. `read` gives nodes of the
 * tree as it was; only those of `completeNodes({ lo: 0, hi: size })` are asked for.
 */
export function appendLeaves(size: number, leaves: readonly Buffer[], read: ReadNode): StoredNode[] {
  const added: StoredNode[] = [];
  const known = new Map<string, Buffer>();
  const find = (level: number, index: number) => known.get(`${level}/${index}`) ?? read({ level, index });
  const add = (level: number, index: number, hash: Buffer) => {
    known.set(`${level}/${index}`, hash);
    added.push({ level, index, hash });
  };
  for (const [offset, leaf] of leaves.entries()) {
    let index = size + offset;
    let hash = leaf;
    add(0, index, hash);
    for (let level = 1; index % 2 === 1; level++) {
      hash = nodeHash(find(level - 1, index - 1), hash);
      index = (index - 1) / 2;
      add(level, index, hash);
    }
  }
  return added;
}
