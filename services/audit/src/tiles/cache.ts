import { Tile, type TileId } from '@stockade/transparency-log';

/** 16 kB each, with what is reckoned from them. */
const maxTiles = 1_024;

const keyOf = (tenantId: string, { level, index }: TileId) => `${tenantId}/${level}/${index}`;

/**
 * Tiles as they were read, the least recently used given up first. What a tile holds never changes: one that has grown
 * since then is read again when somebody asks for what it does not hold.
 */
export class TileCache {
  readonly #tiles = new Map<string, Tile>();

  find(tenantId: string, id: TileId): Tile | undefined {
    const key = keyOf(tenantId, id);
    const tile = this.#tiles.get(key);
    if (!tile) return undefined;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    return tile;
  }

  add(tenantId: string, id: TileId, tile: Tile): void {
    const key = keyOf(tenantId, id);
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > maxTiles && oldest !== undefined) this.#tiles.delete(oldest);
  }

  /** Keeps a tile that was read on the way, unless it is kept already with as many hashes. */
  offer(tenantId: string, id: TileId, hashes: Buffer): void {
    const tile = new Tile(hashes);
    const kept = this.#tiles.get(keyOf(tenantId, id));
    if (!kept || kept.length < tile.length) this.add(tenantId, id, tile);
  }

  get size(): number {
    return this.#tiles.size;
  }
}
