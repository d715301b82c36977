import type { ItemListQuery } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, errors } from '@stockade/service-kit';
import { type Insertable, type RawBuilder, sql, type Transaction, type Updateable } from 'kysely';
import type { Static } from 'typebox';
import type { InventoryDb, ItemTable } from '../tables.ts';

type Trx = Transaction<InventoryDb>;

/** A numeric column that may be null, as a plain decimal. */
const optionalDecimal = (column: string) => decimal(column) as RawBuilder<string | null>;

const columns = [
  'id',
  'sku',
  'name',
  'unit',
  'description',
  'barcode',
  optionalDecimal('reorder_point').as('reorderPoint'),
  optionalDecimal('reorder_quantity').as('reorderQuantity'),
  'allow_negative as allowNegative',
  'lot_tracked as lotTracked',
  'active',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'version',
] as const;

export type ItemRow = Awaited<ReturnType<typeof getItem>>;

export async function getItem(trx: Trx, id: string) {
  const row = await trx.selectFrom('items').select(columns).where('id', '=', id).executeTakeFirst();
  if (!row) throw errors.notFound('Item', id);
  return row;
}

export async function lockItem(trx: Trx, id: string): Promise<ItemRow> {
  const select = trx.selectFrom('items').select(columns).where('id', '=', id);
  const row = await select.forUpdate().executeTakeFirst();
  if (!row) throw errors.notFound('Item', id);
  return row;
}

/** The items of a posting; until it is committed nobody changes what they allow. */
export function shareItems(trx: Trx, ids: readonly string[]): Promise<ItemRow[]> {
  return trx.selectFrom('items').select(columns).where('id', 'in', ids).orderBy('id').forShare().execute();
}

/** `search` finds a part of SKU, name or barcode, whatever the case; `sku` and `barcode` are exact. */
export function listItems(trx: Trx, query: Static<typeof ItemListQuery>): Promise<ItemRow[]> {
  const { search, sku, barcode, active } = query;
  let select = trx.selectFrom('items').select(columns);
  if (sku !== undefined) select = select.where('sku', '=', sku);
  if (barcode !== undefined) select = select.where('barcode', '=', barcode);
  if (active !== undefined) select = select.where('active', '=', active);
  if (search !== undefined) {
    const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    select = select.where((is) =>
      is.or([is('sku', 'ilike', part), is('name', 'ilike', part), is('barcode', 'ilike', part)]),
    );
  }
  return applyPage(select, query).execute();
}

export function insertItem(trx: Trx, item: Insertable<ItemTable>): Promise<ItemRow> {
  return trx.insertInto('items').values(item).returning(columns).executeTakeFirstOrThrow();
}

export function updateItem(trx: Trx, id: string, fields: Updateable<ItemTable>): Promise<ItemRow> {
  return trx
    .updateTable('items')
    .set({ ...fields, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
