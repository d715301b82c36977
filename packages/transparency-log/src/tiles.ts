import { writePairHash } from './hash.ts';
import type { NodeId } from './tree.ts';

/** Hashes of a full tile, and levels of the tree that it stands for (C2SP tlog-tiles). */
export const tileWidth = 256;
const tileHeight = 8;
const hashBytes = 32;
const fullBytes = tileWidth * hashBytes;

/**
 * A tile of level L holds up to 256 hashes of the tree's level 8·L, those from 256·index on; the nodes of the seven levels
 * above them are reckoned from it. A full tile never changes, one at the right edge only grows.
 */
export interface TileId {
  readonly level: number;
  readonly index: number;
}

export interface StoredTile extends TileId {
  /** Its hashes, one after the other. */
  readonly hashes: Buffer;
}

/** The tile that a complete node is reckoned from. */
export function tileOf({ level, index }: NodeId): TileId {
  const first = index * 2 ** (level % tileHeight);
  return { level: Math.floor(level / tileHeight), index: Math.floor(first / tileWidth) };
}

/** One level up: the hashes of each two neighbours; an odd last one has no parent yet. */
function parents(hashes: Buffer): Buffer {
  const above = Buffer.allocUnsafe(Math.floor(hashes.length / (2 * hashBytes)) * hashBytes);
  for (let at = 0; at < above.length; at += hashBytes) writePairHash(hashes, 2 * at, above, at);
  return above;
}

/** Of a full tile and of those above its hashes, but for its root, which the tile above holds. */
const tileNodes = 2 * (tileWidth - 1);

/** Where the nodes of a height (0 to 7) begin among them. */
const begin = (height: number) => 2 * (tileWidth - (tileWidth >> height));

/** A tile that is read from: a node above its hashes is reckoned when it is asked for, and kept. */
export class Tile {
  /** How many hashes it holds. */
  readonly length: number;
  /** One height after the other. Its own: a part of something larger would keep that in memory. */
  readonly #nodes = Buffer.allocUnsafeSlow(tileNodes * hashBytes);
  readonly #isKnown = new Uint8Array(tileNodes);

  constructor(hashes: Buffer) {
    this.length = hashes.length / hashBytes;
    hashes.copy(this.#nodes);
    this.#isKnown.fill(1, 0, this.length);
  }

  /** A complete node of this tile, or undefined when the tile has not grown so far. */
  node({ level, index }: NodeId): Buffer | undefined {
    const height = level % tileHeight;
    const at = index % (tileWidth >> height);
    if ((at + 1) << height > this.length) return undefined;
    this.#reckon(height, at);
    const no = begin(height) + at;
    return this.#nodes.subarray(no * hashBytes, (no + 1) * hashBytes);
  }

  #reckon(height: number, at: number): void {
    const no = begin(height) + at;
    if (this.#isKnown[no] === 1) return;
    this.#reckon(height - 1, 2 * at);
    this.#reckon(height - 1, 2 * at + 1);
    writePairHash(this.#nodes, (begin(height - 1) + 2 * at) * hashBytes, this.#nodes, no * hashBytes);
    this.#isKnown[no] = 1;
  }
}

/** The hash over a full tile: one of those of the tile above. */
function rootOf(hashes: Buffer): Buffer {
  let level = hashes;
  while (level.length > hashBytes) level = parents(level);
  return level;
}

/** The tiles at the right edge of a tree that can still grow; what `extendTiles` reads. */
export function edgeTiles(size: number): TileId[] {
  const edge: TileId[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth))
    if (count % tileWidth > 0) edge.push({ level, index: Math.floor(count / tileWidth) });
  return edge;
}

/**
 * The tiles that leaves make new or let grow when they are added to a tree of `size`. `read` gives tiles as they were;
 * only those of `edgeTiles(size)` are asked for.
 */
export function extendTiles(
  size: number,
  leaves: readonly Buffer[],
  read: (tile: TileId) => Buffer,
): StoredTile[] {
  const changed: StoredTile[] = [];
  let count = size;
  let added = Buffer.concat(leaves);
  for (let level = 0; added.length > 0; level++) {
    const first = Math.floor(count / tileWidth);
    const begun = (count % tileWidth) * hashBytes;
    const hashes =
      begun > 0 ? Buffer.concat([read({ level, index: first }).subarray(0, begun), added]) : added;
    const roots: Buffer[] = [];
    for (let no = 0; no * fullBytes < hashes.length; no++) {
      const tile = hashes.subarray(no * fullBytes, (no + 1) * fullBytes);
      changed.push({ level, index: first + no, hashes: tile });
      if (tile.length === fullBytes) roots.push(rootOf(tile));
    }
    count = first;
    added = Buffer.concat(roots);
  }
  return changed;
}
