import type { LotListQuery } from '@stockade/contracts/inventory';
import { applyPage, errors } from '@stockade/service-kit';
import { type Insertable, sql, type Transaction } from 'kysely';
import type { Static } from 'typebox';
import type { InventoryDb, LotTable } from '../tables.ts';

type Trx = Transaction<InventoryDb>;

const columns = [
  'id',
  'item_id as itemId',
  'code',
  'expires_at as expiresAt',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'version',
] as const;

export type LotRow = Awaited<ReturnType<typeof getLot>>;

export async function getLot(trx: Trx, id: string) {
  const row = await trx.selectFrom('lots').select(columns).where('id', '=', id).executeTakeFirst();
  if (!row) throw errors.notFound('Lot', id);
  return row;
}

export async function lockLot(trx: Trx, id: string): Promise<LotRow> {
  const row = await trx
    .selectFrom('lots')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw errors.notFound('Lot', id);
  return row;
}

export function listLots(trx: Trx, query: Static<typeof LotListQuery>): Promise<LotRow[]> {
  let select = trx.selectFrom('lots').select(columns);
  if (query.itemId !== undefined) select = select.where('item_id', '=', query.itemId);
  if (query.code !== undefined) select = select.where('code', '=', query.code);
  return applyPage(select, query).execute();
}

export function insertLot(trx: Trx, lot: Insertable<LotTable>): Promise<LotRow> {
  return trx.insertInto('lots').values(lot).returning(columns).executeTakeFirstOrThrow();
}

export function updateLotExpiry(trx: Trx, id: string, expiresAt: Date | null): Promise<LotRow> {
  return trx
    .updateTable('lots')
    .set({ expires_at: expiresAt, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
