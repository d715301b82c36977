import { actionsOf, type Severity } from '@stockade/contracts';
import type { AuditEntry } from '@stockade/contracts/audit';
import { completeNodes, type StoredNode } from '@stockade/transparency-log';
import { type Kysely, sql, type Transaction } from 'kysely';
import { readNodes } from '../nodes.ts';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

/** Locks the tenant's tree, made when it is missing: appending is one at a time, so that the sequence has no gap and no fork. */
export async function lockSize(trx: Transaction<AuditDb>, tenantId: string): Promise<number> {
  await trx
    .insertInto('trees')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const tree = await trx
    .selectFrom('trees')
    .select(sql<number>`size::float8`.as('size'))
    .where('tenant_id', '=', tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return tree.size;
}

/** The nodes that appending to a tree of that size needs. */
export const readFrontier = (db: Db, tenantId: string, size: number) =>
  readNodes(db, tenantId, completeNodes({ lo: 0, hi: size }));

export interface NewEntry {
  entry: AuditEntry;
  /** As it is hashed. */
  canonical: string;
  leafHash: Buffer;
}

/** Adds entries, leaves and nodes, and sets the tree's size: one statement each, however many there are. */
export async function append(
  db: Db,
  tenantId: string,
  entries: readonly NewEntry[],
  nodes: readonly StoredNode[],
  size: number,
): Promise<void> {
  await sql`
    insert into entries (tenant_id, sequence, recorded_on, id, occurred_at, actor_id, action, target_type, target_id, request_id, entry)
    select ${tenantId}::uuid, e.sequence, current_date, e.id, e.occurred_at, e.actor_id, e.action, e.target_type, e.target_id, e.request_id, e.entry
    from jsonb_to_recordset(${JSON.stringify(entries.map(toRow))}::jsonb)
      as e(sequence bigint, id uuid, occurred_at timestamptz, actor_id text, action text, target_type text, target_id text, request_id text, entry text)`.execute(
    db,
  );
  await db
    .insertInto('leaves')
    .values(
      entries.map(({ entry, leafHash }) => ({
        tenant_id: tenantId,
        sequence: String(entry.sequence),
        entry_id: entry.id,
        leaf_hash: leafHash,
        recorded_on: sql<string>`current_date`,
      })),
    )
    .execute();
  const inner = nodes.filter((node) => node.level > 0);
  if (inner.length > 0) {
    const values = inner.map(({ level, index, hash }) => ({
      tenant_id: tenantId,
      level,
      index: String(index),
      hash,
    }));
    await db.insertInto('nodes').values(values).execute();
  }
  await db
    .updateTable('trees')
    .set({ size: String(size) })
    .where('tenant_id', '=', tenantId)
    .execute();
}

function toRow({ entry, canonical }: NewEntry) {
  return {
    sequence: entry.sequence,
    id: entry.id,
    occurred_at: entry.occurredAt,
    actor_id: entry.actor.id,
    action: entry.action,
    target_type: entry.target.type,
    target_id: entry.target.id,
    request_id: entry.requestId,
    entry: canonical,
  };
}

/** By way of its leaf, which knows the entry's partition. */
export async function findEntry(db: Db, id: string): Promise<AuditEntry | undefined> {
  const row = await db
    .selectFrom('leaves as l')
    .innerJoin('entries as e', (join) =>
      join
        .onRef('e.tenant_id', '=', 'l.tenant_id')
        .onRef('e.sequence', '=', 'l.sequence')
        .onRef('e.recorded_on', '=', 'l.recorded_on'),
    )
    .select('e.entry')
    .where('l.entry_id', '=', id)
    .executeTakeFirst();
  return row && JSON.parse(row.entry);
}

export interface EntryFilters {
  action?: string;
  severity?: Severity;
  actorId?: string;
  targetType?: string;
  targetId?: string;
  requestId?: string;
  from?: string;
  to?: string;
}

/** Newest first, one more than `limit`, below the given sequence. */
export async function listEntries(
  db: Db,
  filters: EntryFilters,
  limit: number,
  below: number | null,
): Promise<AuditEntry[]> {
  let query = db
    .selectFrom('entries')
    .select('entry')
    .orderBy('sequence', 'desc')
    .limit(limit + 1);
  if (below !== null) query = query.where('sequence', '<', String(below));
  if (filters.action) query = query.where('action', '=', filters.action);
  // By what is of that severity now: entries from before severities are found too, and by an index.
  if (filters.severity) query = query.where('action', 'in', actionsOf(filters.severity));
  if (filters.actorId) query = query.where('actor_id', '=', filters.actorId);
  if (filters.targetType) query = query.where('target_type', '=', filters.targetType);
  if (filters.targetId) query = query.where('target_id', '=', filters.targetId);
  if (filters.requestId) query = query.where('request_id', '=', filters.requestId);
  if (filters.from) query = query.where('occurred_at', '>=', new Date(filters.from));
  if (filters.to) query = query.where('occurred_at', '<', new Date(filters.to));
  return (await query.execute()).map((row) => JSON.parse(row.entry));
}
