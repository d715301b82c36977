import type { Lot } from '@stockade/contracts/inventory';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { InventoryDb, LotTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

export function toLot(row: Selectable<LotTable>): Lot {
  return {
    id: row.id,
    itemId: row.item_id,
    code: row.code,
    expiresAt: row.expires_at?.toISOString() ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findLot(db: Db, id: string): Promise<Selectable<LotTable> | undefined> {
  return db.selectFrom('lots').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findLots(db: Db, ids: readonly string[]): Promise<Map<string, Selectable<LotTable>>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('lots').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function listLots(
  db: Db,
  { itemId, code, ...query }: ListQuery & { itemId?: string; code?: string },
): Promise<Lot[]> {
  let lots = applyPage(db.selectFrom('lots').selectAll(), query);
  if (itemId !== undefined) lots = lots.where('item_id', '=', itemId);
  if (code !== undefined) lots = lots.where('code', '=', code);
  return (await lots.execute()).map(toLot);
}

export async function insertLot(db: Db, lot: Insertable<LotTable>): Promise<Selectable<LotTable>> {
  return db.insertInto('lots').values(lot).returningAll().executeTakeFirstOrThrow();
}

export async function lockLot(db: Db, id: string): Promise<Selectable<LotTable> | undefined> {
  return db.selectFrom('lots').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function setExpiry(db: Db, id: string, expiresAt: Date | null): Promise<Selectable<LotTable>> {
  return db
    .updateTable('lots')
    .set({ expires_at: expiresAt, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
