import type { ProductionOrder } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { InventoryDb, ProductionOrderTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type OrderRow = Selectable<ProductionOrderTable>;

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'item_id',
  'bom_id',
  'site_id',
  'status',
  decimal('quantity').as('quantity'),
  decimal('produced').as('produced'),
  'reference',
  'completed_at',
] as const;

export async function findOrder(db: Db, id: string): Promise<OrderRow | undefined> {
  return db.selectFrom('production_orders').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockOrder(db: Db, id: string): Promise<OrderRow | undefined> {
  return db
    .selectFrom('production_orders')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

interface OrderFilters extends ListQuery {
  status?: OrderRow['status'];
  itemId?: string;
  siteId?: string;
}

export async function listOrders(
  db: Db,
  { status, itemId, siteId, ...query }: OrderFilters,
): Promise<OrderRow[]> {
  let orders = applyPage(db.selectFrom('production_orders').select(columns), query);
  if (status) orders = orders.where('status', '=', status);
  if (itemId) orders = orders.where('item_id', '=', itemId);
  if (siteId) orders = orders.where('site_id', '=', siteId);
  return orders.execute();
}

export interface LineRow {
  id: string;
  production_order_id: string;
  item_id: string;
  required: string;
  consumed: string;
  /** How many movements there are of it. */
  consumptions: number;
}

export async function listLines(db: Db, orderIds: readonly string[]): Promise<LineRow[]> {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom('production_lines')
    .select(['id', 'production_order_id', 'item_id', 'consumptions'])
    .select([decimal('required').as('required'), decimal('consumed').as('consumed')])
    .where('production_order_id', 'in', orderIds)
    .orderBy('production_order_id')
    .orderBy('no')
    .execute();
}

export async function insertOrder(
  db: Db,
  order: Insertable<ProductionOrderTable>,
  lines: readonly Insertable<InventoryDb['production_lines']>[],
): Promise<OrderRow> {
  const row = await db
    .insertInto('production_orders')
    .values(order)
    .returning(columns)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('production_lines')
    .values([...lines])
    .execute();
  return row;
}

export async function updateOrder(
  db: Db,
  id: string,
  changes: Updateable<ProductionOrderTable>,
): Promise<OrderRow> {
  return db
    .updateTable('production_orders')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Adds to what was consumed for lines, by so many movements. */
export async function addConsumed(
  db: Db,
  consumed: readonly { id: string; quantity: string; movements: number }[],
): Promise<void> {
  await sql`
    update production_lines l set consumed = l.consumed + c.quantity, consumptions = l.consumptions + c.movements
    from jsonb_to_recordset(${JSON.stringify(consumed)}::jsonb) as c(id uuid, quantity numeric, movements integer)
    where l.id = c.id`.execute(db);
}

/** Everything that was consumed is back in stock. */
export async function clearConsumed(db: Db, orderId: string): Promise<void> {
  await db
    .updateTable('production_lines')
    .set({ consumed: '0' })
    .where('production_order_id', '=', orderId)
    .execute();
}

export async function withLines(db: Db, rows: readonly OrderRow[]): Promise<ProductionOrder[]> {
  const lines = await listLines(
    db,
    rows.map((row) => row.id),
  );
  const linesOf = Map.groupBy(lines, (line) => line.production_order_id);
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    bomId: row.bom_id,
    siteId: row.site_id,
    status: row.status,
    quantity: row.quantity,
    produced: row.produced,
    reference: row.reference,
    completedAt: row.completed_at?.toISOString() ?? null,
    lines: (linesOf.get(row.id) ?? []).map(({ id, item_id, required, consumed }) => ({
      ...{ id, itemId: item_id, required, consumed },
    })),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}
