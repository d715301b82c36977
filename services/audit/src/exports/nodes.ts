import { type NodeId, Tile, type TileId, tileOf } from '@stockade/transparency-log';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';
import { readTiles } from '../tiles/queries.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

const keyOf = ({ level, index }: TileId) => `${level}/${index}`;
const isLeaf = ({ level }: NodeId) => level === 0;

async function findLeaves(db: Db, sequences: readonly number[]): Promise<Map<number, Buffer>> {
  const rows = await db
    .selectFrom('leaves')
    .select(['leaf_hash', sql<number>`sequence::float8`.as('at')])
    .where(sql<boolean>`sequence = any(${sequences.map(String)}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.at, row.leaf_hash]));
}

/**
 * What the log's tables have of these nodes: leaves from their own table, all above from the tiles, which checkpoints are
 * made from. Where the two are not of one tree, an export shows it.
 */
export async function findNodes(
  db: Db,
  tenantId: string,
  wanted: readonly NodeId[],
): Promise<(node: NodeId) => Buffer | undefined> {
  const leaves = await findLeaves(
    db,
    wanted.filter(isLeaf).map(({ index }) => index + 1),
  );
  const ids = new Map(
    wanted
      .filter((node) => !isLeaf(node))
      .map(tileOf)
      .map((id) => [keyOf(id), id]),
  );
  const tiles = new Map<string, Tile>();
  for (const { hashes, ...id } of await readTiles(db, tenantId, [...ids.values()]))
    tiles.set(keyOf(id), new Tile(hashes));
  return (node) => (isLeaf(node) ? leaves.get(node.index + 1) : tiles.get(keyOf(tileOf(node)))?.node(node));
}
