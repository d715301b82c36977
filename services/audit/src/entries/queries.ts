import type { AuditEntry, LogEntry } from '@stockade/contracts/audit';
import { type Kysely, sql, type Transaction } from 'kysely';
import { searched } from '../search/queries.ts';
import type { AuditDb } from '../tables.ts';
import { type EntryFilters, fits } from './filters.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

/** Locks the tenant's tree, made when it is missing: appending is one at a time, so that the sequence has no gap and no fork. */
export async function lockSize(trx: Transaction<AuditDb>, tenantId: string): Promise<number> {
  const lock = () =>
    trx
      .selectFrom('trees')
      .select(sql<number>`size::float8`.as('size'))
      .where('tenant_id', '=', tenantId)
      .forUpdate();
  const tree = await lock().executeTakeFirst();
  if (tree) return tree.size;
  await trx
    .insertInto('trees')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await lock().executeTakeFirstOrThrow()).size;
}

export interface NewEntry {
  entry: AuditEntry;
  /** As it is hashed. */
  canonical: string;
  leafHash: Buffer;
}

/** Adds entries and leaves behind the first `size`, and sets the tree's size: one statement, however many there are. */
export async function append(
  db: Db,
  tenantId: string,
  size: number,
  added: readonly NewEntry[],
): Promise<void> {
  const column = (of: (entry: AuditEntry) => string | null) => added.map(({ entry }) => of(entry));
  await sql`
    with added as materialized (
      select ${tenantId}::uuid as tenant_id, ${String(size)}::bigint + a.no as sequence, current_date as recorded_on, a.*
      from unnest(
        ${column((entry) => entry.id)}::uuid[],
        ${column((entry) => entry.occurredAt)}::timestamptz[],
        ${column((entry) => entry.actor.id)}::text[],
        ${column((entry) => entry.action)}::text[],
        ${column((entry) => entry.target.type)}::text[],
        ${column((entry) => entry.target.id)}::text[],
        ${column((entry) => entry.requestId)}::text[],
        ${added.map(({ canonical }) => canonical)}::text[],
        ${added.map(({ leafHash }) => leafHash)}::bytea[]
      ) with ordinality as a(id, occurred_at, actor_id, action, target_type, target_id, request_id, entry, leaf_hash, no)
    ), entered as (
      insert into entries (tenant_id, sequence, recorded_on, id, occurred_at, actor_id, action, target_type, target_id, request_id, entry)
      select tenant_id, sequence, recorded_on, id, occurred_at, actor_id, action, target_type, target_id, request_id, entry from added
    ), hashed as (
      insert into leaves (tenant_id, sequence, entry_id, leaf_hash, recorded_on)
      select tenant_id, sequence, id, leaf_hash, recorded_on from added
    )
    update trees set size = ${String(size + added.length)}::bigint where tenant_id = ${tenantId}`.execute(db);
}

/** A leaf: what is left of an entry in any case. */
const leafColumns = [
  ...(['tenant_id', 'entry_id', 'sequence', 'leaf_hash', 'removed_at'] as const),
  sql<string>`recorded_on::text`.as('recorded_on'),
] as const;

interface LeafRow {
  tenant_id: string;
  entry_id: string;
  sequence: string;
  leaf_hash: Buffer;
  removed_at: Date | null;
  recorded_on: string;
}

function toLogEntry(leaf: LeafRow, entry: string | undefined): LogEntry {
  if (entry !== undefined) return JSON.parse(entry);
  // What retention did not remove must be there: nobody is told that it was.
  if (!leaf.removed_at) throw new Error(`Entry ${leaf.sequence} of the log of ${leaf.tenant_id} is missing`);
  return {
    id: leaf.entry_id,
    tenantId: leaf.tenant_id,
    sequence: Number(leaf.sequence),
    removed: 'retention',
    removedAt: leaf.removed_at.toISOString(),
    leafHash: leaf.leaf_hash.toString('base64'),
  };
}

/**
 * By way of its leaf, which knows the entry's partition: asked with that day, the entry is looked for in one partition, and
 * planning does not take longer with every month. With what it was hashed to.
 */
export async function findEntry(
  db: Db,
  id: string,
): Promise<{ entry: LogEntry; leafHash: Buffer } | undefined> {
  const leaf = await db
    .selectFrom('leaves')
    .select(leafColumns)
    .where('entry_id', '=', id)
    .executeTakeFirst();
  if (!leaf) return undefined;
  const row = await db
    .selectFrom('entries')
    .select('entry')
    .where('sequence', '=', leaf.sequence)
    .where('recorded_on', '=', leaf.recorded_on)
    .executeTakeFirst();
  return { entry: toLogEntry(leaf, row?.entry), leafHash: leaf.leaf_hash };
}

/** All of the log, removed entries too: newest first, one more than `limit`, below the given sequence. */
export async function listLog(db: Db, limit: number, below: number | null): Promise<LogEntry[]> {
  let query = db
    .selectFrom('leaves')
    .select(leafColumns)
    .orderBy('sequence', 'desc')
    .limit(limit + 1);
  if (below !== null) query = query.where('sequence', '<', String(below));
  const leaves = await query.execute();
  const [newest, oldest] = [leaves[0], leaves.at(-1)];
  if (!newest || !oldest) return [];
  const rows = await db
    .selectFrom('entries')
    .select(['sequence', 'entry'])
    .where('sequence', '>=', oldest.sequence)
    .where('sequence', '<=', newest.sequence)
    .where('recorded_on', 'in', [...new Set(leaves.map((leaf) => leaf.recorded_on))])
    .execute();
  const entries = new Map(rows.map((row) => [row.sequence, row.entry]));
  return leaves.map((leaf) => toLogEntry(leaf, entries.get(leaf.sequence)));
}

export interface EntryToProve {
  sequence: number;
  /** The canonical text; null when only the leaf is there. */
  content: string | null;
  leafHash: Buffer;
  /** The hashes of the tile of level 0 that the leaf stands in; null while it is in none. */
  tile: Buffer | null;
  /** Of the latest checkpoint; null while there is none. */
  treeSize: number | null;
  checkpoint: string | null;
}

/** One statement by itself: no transaction has to be open, and the tenant need not be set. */
export async function findToProve(db: Db, tenantId: string, id: string): Promise<EntryToProve | undefined> {
  const { rows } = await sql<EntryToProve>`
    select at_sequence::float8 as sequence, content, leaf as "leafHash", tile, signed_size::float8 as "treeSize", note as checkpoint
    from entry_to_prove(${tenantId}, ${id})`.execute(db);
  return rows[0];
}

/** Newest first, one more than `limit`, below the given sequence. */
export async function listEntries(
  db: Db,
  tenantId: string,
  { search, ...filters }: EntryFilters,
  { limit, below }: { limit: number; below: number | null },
): Promise<AuditEntry[]> {
  let query = db
    .selectFrom('entries')
    .select('entry')
    .orderBy('sequence', 'desc')
    .limit(limit + 1);
  if (search !== undefined)
    query = query.where(
      sql<boolean>`sequence = any(${searched(tenantId, { ...filters, search }, limit, below)})`,
    );
  else {
    query = query.where(fits(filters));
    if (below !== null) query = query.where('sequence', '<', String(below));
  }
  return (await query.execute()).map((row) => JSON.parse(row.entry));
}
