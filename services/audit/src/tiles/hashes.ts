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

/** The log's tiles do not reach that far yet. */
export class NotInTiles extends Error {
  override name = 'NotInTiles';
}

const keyOf = ({ level, index }: TileId) => `${level}/${index}`;

/** The hashes of these nodes: from tiles of the cache, the rest in one statement. */
async function readNodes(db: Db, tenantId: string, nodes: readonly NodeId[], cache: TileCache) {
  const hashes = new Map<string, Buffer>();
  const missing = new Map<string, { id: TileId; nodes: NodeId[] }>();
  for (const node of nodes) {
    const id = tileOf(node);
    const hash = cache.find(tenantId, id)?.node(node);
    if (hash) hashes.set(keyOf(node), hash);
    else missing.set(keyOf(id), { id, nodes: [...(missing.get(keyOf(id))?.nodes ?? []), node] });
  }
  if (missing.size === 0) return hashes;
  const ids = [...missing.values()].map(({ id }) => id);
  for (const { hashes: stored, ...id } of await readTiles(db, tenantId, ids)) {
    const tile = new Tile(stored);
    cache.add(tenantId, id, tile);
    for (const node of missing.get(keyOf(id))?.nodes ?? []) {
      const hash = tile.node(node);
      if (hash) hashes.set(keyOf(node), hash);
    }
  }
  return hashes;
}

/**
 * Hashes of ranges of a tenant's tree, as far as it stands in tiles; one statement at most, however many there are. Throws
 * NotInTiles.
 */
export async function hashRanges(
  db: Db,
  tenantId: string,
  ranges: readonly Range[],
  cache = new TileCache(),
): Promise<Buffer[]> {
  const hashes = await readNodes(db, tenantId, ranges.flatMap(completeNodes), cache);
  const read: ReadNode = (node) => {
    const hash = hashes.get(keyOf(node));
    if (!hash) throw new NotInTiles(`Node ${keyOf(node)} of the log of ${tenantId} is missing`);
    return hash;
  };
  return ranges.map((range) => hashRange(range, read));
}
