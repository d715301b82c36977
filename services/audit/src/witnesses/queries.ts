import { type Kysely, sql } from 'kysely';
import type { AuditDb } from '../tables.ts';

export interface Unwitnessed {
  tenantId: string;
  /** Of the latest checkpoint. */
  size: number;
  checkpoint: string;
  /** What this witness signed last; 0: nothing yet. */
  old: number;
}

/** Logs whose latest checkpoint a witness has not signed, after the given one; for the system role. */
export async function listUnwitnessed(
  systemDb: Kysely<AuditDb>,
  witness: string,
  after: string,
  limit: number,
): Promise<Unwitnessed[]> {
  const { rows } = await sql<Unwitnessed>`
    select t.tenant_id as "tenantId", t.checkpoint_size::float8 as size, k.checkpoint, c.old
    from trees t
    join checkpoints k on k.tenant_id = t.tenant_id and k.size = t.checkpoint_size
    cross join lateral (
      select coalesce(max(size), 0)::float8 as old from cosignatures where tenant_id = t.tenant_id and witness = ${witness}
    ) as c
    where t.tenant_id > ${after} and t.checkpoint_size > c.old
    order by t.tenant_id limit ${limit}`.execute(systemDb);
  return rows;
}

export async function insertCosignature(
  systemDb: Kysely<AuditDb>,
  row: { tenantId: string; size: number; witness: string; line: string },
): Promise<void> {
  await systemDb
    .insertInto('cosignatures')
    .values({ tenant_id: row.tenantId, size: String(row.size), witness: row.witness, line: row.line })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
