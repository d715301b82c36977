import {
  completeNodes,
  hashRange,
  type NodeId,
  type Range,
  type ReadNode,
  Tile,
  type TileId,
  tileOf,
} from '@stockade/transparency-log';
import type { Kysely, Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';
import { TileCache } from './cache.ts';
import { readTiles } from './queries.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

const keyOf = ({ level, index }: TileId) => `${level}/${index}`;

/** The tiles of these nodes: from the cache, the rest in one statement. */
async function openTiles(db: Db, tenantId: string, nodes: readonly NodeId[], cache: TileCache) {
  const wanted = new Map(nodes.map(tileOf).map((id) => [keyOf(id), id]));
  const tiles = new Map<string, Tile>();
  const missing: TileId[] = [];
  for (const [key, id] of wanted) {
    const tile = cache.find(tenantId, id);
    if (tile) tiles.set(key, tile);
    else missing.push(id);
  }
  if (missing.length === 0) return tiles;
  for (const { hashes, ...id } of await readTiles(db, tenantId, missing)) {
    const tile = new Tile(hashes);
    tiles.set(keyOf(id), tile);
    if (tile.isFull) cache.add(tenantId, id, tile);
  }
  return tiles;
}

/** Hashes of ranges of a tenant's tree, as far as it stands in tiles; one statement at most, however many there are. */
export async function hashRanges(
  db: Db,
  tenantId: string,
  ranges: readonly Range[],
  cache = new TileCache(),
): Promise<Buffer[]> {
  const tiles = await openTiles(db, tenantId, ranges.flatMap(completeNodes), cache);
  const read: ReadNode = (node) => {
    const hash = tiles.get(keyOf(tileOf(node)))?.node(node);
    if (!hash) throw new Error(`Node ${keyOf(node)} of the log of ${tenantId} is missing`);
    return hash;
  };
  return ranges.map((range) => hashRange(range, read));
}
