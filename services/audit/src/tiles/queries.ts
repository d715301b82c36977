import type { StoredTile, TileId } from '@stockade/transparency-log';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

const levelsOf = (tiles: readonly TileId[]) => tiles.map(({ level }) => level);
const indexesOf = (tiles: readonly TileId[]) => tiles.map(({ index }) => String(index));

/** One statement by itself: no transaction has to be open, and the tenant need not be set. */
export async function readTiles(db: Db, tenantId: string, tiles: readonly TileId[]): Promise<StoredTile[]> {
  const { rows } = await sql<StoredTile>`
    select tile_level as level, tile_index::float8 as index, tile_hashes as hashes
    from read_tiles(${tenantId}, ${levelsOf(tiles)}::smallint[], ${indexesOf(tiles)}::bigint[])`.execute(db);
  return rows;
}

/** How many leaves stand in tiles. */
export async function countTiled(db: Db, tenantId: string): Promise<number> {
  const row = await db
    .selectFrom('tiles')
    .select(sql<number>`index::float8 * 256 + length(hashes) / 32`.as('tiled'))
    .where('tenant_id', '=', tenantId)
    .where('level', '=', 0)
    .orderBy(sql.ref('tiles.index'), 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.tiled ?? 0;
}

/** The hashes of the leaves [from, to), in their order. */
export async function readLeaves(db: Db, tenantId: string, from: number, to: number): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('leaves')
    .select('leaf_hash')
    .where('tenant_id', '=', tenantId)
    .where('sequence', '>', String(from))
    .where('sequence', '<=', String(to))
    .orderBy('sequence')
    .execute();
  return rows.map((row) => row.leaf_hash);
}

/** Adds tiles, and lets those grow that are there. */
export async function writeTiles(db: Db, tenantId: string, tiles: readonly StoredTile[]): Promise<void> {
  await sql`
    insert into tiles (tenant_id, level, index, hashes)
    select ${tenantId}::uuid, t.level, t.index, t.hashes
    from unnest(${levelsOf(tiles)}::smallint[], ${indexesOf(tiles)}::bigint[], ${tiles.map(({ hashes }) => hashes)}::bytea[]) as t(level, index, hashes)
    on conflict (tenant_id, level, index) do update set hashes = excluded.hashes`.execute(db);
}
