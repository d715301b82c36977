import { edgeTiles, extendTiles } from '@stockade/transparency-log';
import type { Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';

/** What one transaction puts into tiles: a log that waited long is brought up in steps, none of which is large. */
const leavesPerStep = 65_536;

/**
 * Puts leaves into tiles, up to that many leaves of the log, and gives how far it came. Call it as the only one who does
 * so for the tenant.
 */
export async function tileLeaves(trx: Transaction<AuditDb>, tenantId: string, size: number): Promise<number> {
  const from = await queries.countTiled(trx, tenantId);
  if (from >= size) return from;
  const to = Math.min(size, from + leavesPerStep);
  const leaves = await queries.readLeaves(trx, tenantId, from, to);
  if (leaves.length !== to - from) throw new Error(`Leaves of the log of ${tenantId} are missing`);
  const edge = await queries.readTiles(trx, tenantId, edgeTiles(from));
  const tiles = extendTiles(from, leaves, ({ level, index }) => {
    const tile = edge.find((stored) => stored.level === level && stored.index === index);
    if (!tile) throw new Error(`Tile ${level}/${index} of the log of ${tenantId} is missing`);
    return tile.hashes;
  });
  await queries.writeTiles(trx, tenantId, tiles);
  return to;
}
