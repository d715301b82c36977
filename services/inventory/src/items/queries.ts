import type { Item } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, cursorId, type ListQuery, pageLimit } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { InventoryDb, ItemTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type ItemRow = Selectable<ItemTable>;

export const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'sku',
  'name',
  'unit',
  'description',
  'barcode',
  decimal('reorder_point').as('reorder_point'),
  decimal('reorder_quantity').as('reorder_quantity'),
  'allow_negative',
  'lot_tracked',
  'conversions',
  'active',
] as const;

export function toItem(row: ItemRow): Item {
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    unit: row.unit,
    description: row.description,
    barcode: row.barcode,
    reorderPoint: row.reorder_point,
    reorderQuantity: row.reorder_quantity,
    allowNegative: row.allow_negative,
    lotTracked: row.lot_tracked,
    conversions: row.conversions,
    active: row.active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findItem(db: Db, id: string): Promise<ItemRow | undefined> {
  return db.selectFrom('items').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockItem(db: Db, id: string): Promise<ItemRow | undefined> {
  return db.selectFrom('items').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function findItems(db: Db, ids: readonly string[]): Promise<Map<string, ItemRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('items').select(columns).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ItemFilters extends ListQuery {
  search?: string;
  sku?: string;
  barcode?: string;
  active?: boolean;
}

export async function listItems(
  db: Db,
  { search, sku, barcode, active, ...query }: ItemFilters,
): Promise<Item[]> {
  let items = applyPage(db.selectFrom('items').select(columns), query);
  if (sku !== undefined) items = items.where('sku', '=', sku);
  if (barcode !== undefined) items = items.where('barcode', '=', barcode);
  if (active !== undefined) items = items.where('active', '=', active);
  // With another filter besides, what it leaves is little: it is compared without the index.
  if (search !== undefined && (sku ?? barcode) !== undefined)
    items = items.where(sql<boolean>`position(lower(${search}) in search_text) > 0`);
  else if (search !== undefined) items = items.where('id', 'in', found(search, active, query));
  return (await items.execute()).map(toItem);
}

/** The ids of a page of items with that in their SKU, name or barcode, by the trigram index. */
const found = (search: string, active: boolean | undefined, query: ListQuery) =>
  sql<string>`(select search_items(${search}, ${active ?? null}::boolean, ${cursorId(query)}::uuid, ${pageLimit(query) + 1}::integer))`;

export async function insertItem(db: Db, item: Insertable<ItemTable>): Promise<ItemRow> {
  return db.insertInto('items').values(item).returning(columns).executeTakeFirstOrThrow();
}

export async function updateItem(db: Db, id: string, changes: Updateable<ItemTable>): Promise<ItemRow> {
  return db
    .updateTable('items')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Balances carry the item's policy, so that a constraint can hold it. */
export async function setNegativePolicy(db: Db, itemId: string, allowNegative: boolean): Promise<void> {
  await db
    .updateTable('balances')
    .set({ allow_negative: allowNegative })
    .where('item_id', '=', itemId)
    .execute();
}
