import type { LegalHold } from '@stockade/contracts/audit';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;
export type HoldRow = Selectable<AuditDb['legal_holds']>;

export const toHold = (row: HoldRow): LegalHold => ({
  id: row.id,
  status: row.released_at ? 'released' : 'active',
  reason: row.reason,
  actorId: row.actor_id,
  targetType: row.target_type,
  targetId: row.target_id,
  from: row.occurred_from?.toISOString() ?? null,
  to: row.occurred_to?.toISOString() ?? null,
  placedBy: row.placed_by,
  releasedBy: row.released_by,
  releasedAt: row.released_at?.toISOString() ?? null,
  releaseReason: row.release_reason,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function insertHold(db: Db, hold: Insertable<AuditDb['legal_holds']>): Promise<HoldRow> {
  return db.insertInto('legal_holds').values(hold).returningAll().executeTakeFirstOrThrow();
}

export async function findHold(db: Db, id: string): Promise<HoldRow | undefined> {
  return db.selectFrom('legal_holds').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockHold(db: Db, id: string): Promise<HoldRow | undefined> {
  return db.selectFrom('legal_holds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function countActive(db: Db): Promise<number> {
  const row = await db
    .selectFrom('legal_holds')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('released_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function markReleased(
  db: Db,
  id: string,
  { by, reason, at }: { by: LegalHold['placedBy']; reason: string; at: Date },
): Promise<HoldRow> {
  return db
    .updateTable('legal_holds')
    .set({
      released_by: by,
      released_at: at,
      release_reason: reason,
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

interface HoldFilters extends ListQuery {
  status?: LegalHold['status'];
}

export async function listHolds(db: Db, { status, ...query }: HoldFilters): Promise<LegalHold[]> {
  let holds = applyPage(db.selectFrom('legal_holds').selectAll(), query);
  if (status) holds = holds.where('released_at', status === 'active' ? 'is' : 'is not', null);
  return (await holds.execute()).map(toHold);
}
