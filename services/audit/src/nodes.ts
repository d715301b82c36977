import { completeNodes, hashRange, type NodeId, type Range, type ReadNode } from '@stockade/transparency-log';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditDb } from './tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

const key = ({ level, index }: NodeId) => `${level}/${index}`;

/** Reads nodes of one tenant's tree in one statement; level 0 are the leaves. */
export async function readNodes(db: Db, tenantId: string, wanted: readonly NodeId[]): Promise<ReadNode> {
  const found = new Map<string, Buffer>();
  if (wanted.length > 0) {
    const { rows } = await sql<{ level: number; index: string; hash: Buffer }>`
      with wanted as (
        select level, index from unnest(${wanted.map((node) => node.level)}::smallint[], ${wanted.map((node) => String(node.index))}::bigint[]) as w(level, index)
      )
      select w.level, w.index, n.hash from wanted w join nodes n on n.tenant_id = ${tenantId} and n.level = w.level and n.index = w.index where w.level > 0
      union all
      select 0, w.index, l.leaf_hash from wanted w join leaves l on l.tenant_id = ${tenantId} and l.sequence = w.index + 1 where w.level = 0`.execute(
      db,
    );
    for (const row of rows) found.set(key({ level: row.level, index: Number(row.index) }), row.hash);
  }
  return (node) => {
    const hash = found.get(key(node));
    if (!hash) throw new Error(`Node ${key(node)} of the log of ${tenantId} is missing`);
    return hash;
  };
}

/** The hashes of ranges of a tenant's tree, in one statement however many there are. */
export async function hashRanges(db: Db, tenantId: string, ranges: readonly Range[]): Promise<Buffer[]> {
  const nodes = new Map(ranges.flatMap(completeNodes).map((node) => [key(node), node]));
  const read = await readNodes(db, tenantId, [...nodes.values()]);
  return ranges.map((range) => hashRange(range, read));
}
