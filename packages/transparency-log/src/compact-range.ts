import { emptyRoot, nodeHash } from './hash.ts';
import type { NodeId, Range } from './tree.ts';

/** A hash as it was reckoned; null when something that it needs is not known. */
type Hash = Uint8Array | null;

/** The nodes that come to be complete when a node is added at the right end of a tree, from below. */
export function completedBy({ level, index }: NodeId): NodeId[] {
  const completed: NodeId[] = [];
  for (let at = index, height = level; at % 2 === 1; ) {
    at = (at - 1) / 2;
    height++;
    completed.push({ level: height, index: at });
  }
  return completed;
}

const leavesOf = ({ level, index }: NodeId): Range => ({
  lo: index * 2 ** level,
  hi: (index + 1) * 2 ** level,
});

interface Peak extends NodeId {
  /** From what the leaves say. */
  reckoned: Hash;
  /** As the log's own tables have it. */
  stored: Hash;
}

/** Reckons the root of a tree that is read from left to right, with no more in memory than the tree's height. */
export class CompactRange {
  #peaks: Peak[] = [];
  #onMismatch: (leaves: Range) => void;
  size = 0;

  /** `onMismatch` hears of stored nodes that do not follow from the nodes stored below them. */
  constructor(onMismatch: (leaves: Range) => void) {
    this.#onMismatch = onMismatch;
  }

  /**
   * Adds the next node. `completed` are the stored hashes of the nodes that it completes, from below; null where there is
   * none. One that does not fit is told of, and what stands above is compared with it all the same: a mistake is told of
   * once, where it is.
   */
  push(node: NodeId, hashes: { reckoned: Hash; stored: Hash }, completed: readonly Hash[] = []): void {
    this.size = leavesOf(node).hi;
    let right: Peak = { ...node, ...hashes };
    for (const [at, parent] of completedBy(node).entries()) {
      const left = this.#peaks.pop() as Peak;
      const below = join(left.stored, right.stored);
      const stored = completed[at] ?? null;
      if (below && stored && Buffer.compare(below, stored) !== 0) this.#onMismatch(leavesOf(parent));
      right = { ...parent, reckoned: join(left.reckoned, right.reckoned), stored: stored ?? below };
    }
    this.#peaks.push(right);
  }

  /** The root so far, from what the leaves say. */
  get root(): Hash {
    return this.#rootOf('reckoned');
  }

  /** The root so far, as the log's own tables have it. */
  get storedRoot(): Hash {
    return this.#rootOf('stored');
  }

  /** Whether the tree cannot be the one with that root. While hashes are missing nobody can say. */
  isOther(rootHash: Uint8Array): boolean {
    const { root, storedRoot } = this;
    const isRoot = (hash: Hash) => hash !== null && Buffer.compare(hash, rootHash) === 0;
    return storedRoot !== null && !isRoot(root) && !isRoot(storedRoot);
  }

  #rootOf(kind: 'reckoned' | 'stored'): Hash {
    const hashes = this.#peaks.map((peak) => peak[kind]);
    const last = hashes.pop();
    if (last === undefined) return emptyRoot;
    return hashes.reduceRight<Hash>((right, left) => join(left, right), last);
  }
}

const join = (left: Hash, right: Hash): Hash => (left && right ? nodeHash(left, right) : null);
