import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

export interface CheckpointRow {
  size: number;
  root_hash: Buffer;
  checkpoint: string;
  signed_at: Date;
}

const columns = [
  sql<number>`size::float8`.as('size'),
  'root_hash',
  sql<string>`cosigned(tenant_id, size, checkpoint)`.as('checkpoint'),
  'signed_at',
] as const;

/** With what witnesses signed of it. One statement by itself: no transaction has to be open, and the tenant need not be set. */
export async function findLatest(db: Db, tenantId: string): Promise<CheckpointRow | undefined> {
  const { rows } = await sql<CheckpointRow>`
    select signed_size::float8 as size, root as root_hash, note as checkpoint, signed as signed_at
    from latest_checkpoint(${tenantId})`.execute(db);
  return rows[0];
}

/** Newest first, one more than `limit`, below the given size. */
export async function listCheckpoints(db: Db, limit: number, below: number | null): Promise<CheckpointRow[]> {
  let query = db
    .selectFrom('checkpoints')
    .select(columns)
    .orderBy(sql.ref('checkpoints.size'), 'desc')
    .limit(limit + 1);
  if (below !== null) query = query.where(sql.ref('checkpoints.size'), '<', below);
  return query.execute();
}

export async function insertCheckpoint(
  db: Db,
  row: { tenantId: string; size: number; rootHash: Buffer; checkpoint: string },
): Promise<void> {
  await db
    .insertInto('checkpoints')
    .values({
      tenant_id: row.tenantId,
      size: String(row.size),
      root_hash: row.rootHash,
      checkpoint: row.checkpoint,
    })
    .execute();
}

export interface Tree {
  tenantId: string;
  size: number;
  checkpointSize: number;
}

const treeColumns = [
  'tenant_id as tenantId',
  sql<number>`size::float8`.as('size'),
  sql<number>`checkpoint_size::float8`.as('checkpointSize'),
] as const;

export async function findTree(db: Db, tenantId: string): Promise<Tree | undefined> {
  return db.selectFrom('trees').select(treeColumns).where('tenant_id', '=', tenantId).executeTakeFirst();
}

/** Tenants whose trees grew since their last checkpoint, after the given one; for the system role. */
export async function listTenantsWithNews(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('trees')
    .select('tenant_id')
    .whereRef(sql.ref('trees.size'), '>', sql.ref('trees.checkpoint_size'))
    .where('tenant_id', '>', after)
    .orderBy('tenant_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.tenant_id);
}

/**
 * Makes signing a tenant's log one at a time; appending goes on meanwhile. Whoever waits does so briefly: one tenant's lock
 * may not keep the others' checkpoints waiting.
 */
export async function lockCheckpoints(trx: Transaction<AuditDb>, tenantId: string): Promise<void> {
  await sql`set local lock_timeout = '1s'`.execute(trx);
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || '.checkpoints ' || ${tenantId}::text, 0))`.execute(
    trx,
  );
}

export async function setCheckpointSize(db: Db, tenantId: string, to: number): Promise<void> {
  await db
    .updateTable('trees')
    .set({ checkpoint_size: String(to) })
    .where('tenant_id', '=', tenantId)
    .execute();
}
