import type { OrderStatus, PurchaseOrder } from '@stockade/contracts/purchasing';
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
import type { PurchaseOrderTable, PurchasingDb } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type OrderRow = Selectable<PurchaseOrderTable>;

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'number',
  'supplier_id',
  'site_id',
  'currency',
  'status',
  decimal('total').as('total'),
  'expected_at',
  'created_by',
  'created_by_person',
  'changed_by_persons',
] as const;

export async function findOrder(db: Db, id: string): Promise<OrderRow | undefined> {
  return db.selectFrom('purchase_orders').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockOrder(db: Db, id: string): Promise<OrderRow | undefined> {
  return db.selectFrom('purchase_orders').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Those of the orders that are there, locked in the order of their ids. */
export async function lockOrders(db: Db, ids: readonly string[]): Promise<OrderRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('purchase_orders')
    .select(columns)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** The supplier's orders in these states, and those that ended with goods that were not invoiced yet. */
export async function findPayable(
  db: Db,
  supplierId: string,
  states: readonly OrderStatus[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('purchase_orders as p')
    .select('p.id')
    .where('p.supplier_id', '=', supplierId)
    .where((is) =>
      is.or([
        is('p.status', 'in', states),
        is.and([
          is('p.status', 'in', ['closed', 'cancelled']),
          is.exists(
            is
              .selectFrom('purchase_order_lines as l')
              .select('l.id')
              .whereRef('l.tenant_id', '=', 'p.tenant_id')
              .whereRef('l.purchase_order_id', '=', 'p.id')
              .whereRef('l.received', '>', 'l.invoiced'),
          ),
        ]),
      ]),
    )
    .execute();
  return rows.map((row) => row.id);
}

interface OrderFilters extends ListQuery {
  status?: OrderStatus;
  supplierId?: string;
  number?: string;
}

export async function listOrders(
  db: Db,
  { status, supplierId, number, ...query }: OrderFilters,
): Promise<OrderRow[]> {
  let orders = applyPage(db.selectFrom('purchase_orders').select(columns), query);
  if (status) orders = orders.where('status', '=', status);
  if (supplierId) orders = orders.where('supplier_id', '=', supplierId);
  if (number) orders = orders.where('number', '=', number);
  return orders.execute();
}

/** Rows with all that belongs to them: three statements, however many orders there are. */
export async function withParts(db: Db, rows: readonly OrderRow[]): Promise<PurchaseOrder[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const lines = await db
    .selectFrom('purchase_order_lines')
    .select(['id', 'purchase_order_id', 'item_id as itemId'])
    .select([
      decimal('quantity').as('quantity'),
      decimal('unit_price').as('unitPrice'),
      decimal('received').as('received'),
    ])
    .where('purchase_order_id', 'in', ids)
    .orderBy('purchase_order_id')
    .orderBy('position')
    .execute();
  const approvals = await db
    .selectFrom('order_approvals')
    .select(['purchase_order_id', 'by', 'at'])
    .where('purchase_order_id', 'in', ids)
    .orderBy('at')
    .execute();
  const holds = await db
    .selectFrom('payment_holds')
    .select(['id', 'purchase_order_id', 'reason', 'created_at'])
    .where('purchase_order_id', 'in', ids)
    .where('status', '=', 'open')
    .execute();
  const linesOf = Map.groupBy(lines, (line) => line.purchase_order_id);
  const approvalsOf = Map.groupBy(approvals, (approval) => approval.purchase_order_id);
  const holdOf = new Map(holds.map((hold) => [hold.purchase_order_id, hold]));
  return rows.map((row) => {
    const hold = holdOf.get(row.id);
    return {
      id: row.id,
      number: row.number,
      supplierId: row.supplier_id,
      siteId: row.site_id,
      currency: row.currency,
      status: row.status,
      total: row.total,
      expectedAt: row.expected_at?.toISOString() ?? null,
      createdBy: row.created_by,
      approvals: (approvalsOf.get(row.id) ?? []).map(({ by, at }) => ({ by, at: at.toISOString() })),
      paymentHold: hold ? { id: hold.id, reason: hold.reason, since: hold.created_at.toISOString() } : null,
      lines: (linesOf.get(row.id) ?? []).map(({ purchase_order_id: _, ...line }) => line),
      version: row.version,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  });
}

export async function showOrder(db: Db, row: OrderRow): Promise<PurchaseOrder> {
  const [order] = await withParts(db, [row]);
  return order as PurchaseOrder;
}

/** The next number of the year, counted in the order's own transaction: one that is rolled back leaves no gap. */
export async function nextSequence(db: Db, tenantId: string, year: number): Promise<number> {
  const row = await db
    .insertInto('order_counters')
    .values({ tenant_id: tenantId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'year']).doUpdateSet({ last: sql`order_counters.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}

export interface NewLine {
  id: string;
  itemId: string;
  quantity: string;
  unitPrice: string;
}

/** What the lines cost together, each rounded to the currency's smallest unit, reckoned in SQL. */
export async function totalOf(
  db: Db,
  lines: readonly Pick<NewLine, 'quantity' | 'unitPrice'>[],
  decimals: number,
): Promise<string> {
  const { rows } = await sql<{ total: string }>`
    select trim_scale(sum(round(quantity * unit_price, ${decimals}::int)))::text as total
    from unnest(${lines.map((line) => line.quantity)}::numeric[], ${lines.map((line) => line.unitPrice)}::numeric[]) as l(quantity, unit_price)`.execute(
    db,
  );
  return rows[0]?.total ?? '0';
}

export async function insertOrder(
  db: Db,
  order: Insertable<PurchaseOrderTable>,
  lines: readonly NewLine[],
): Promise<OrderRow> {
  const row = await db
    .insertInto('purchase_orders')
    .values(order)
    .returning(columns)
    .executeTakeFirstOrThrow();
  await insertLines(db, order, lines);
  return row;
}

async function insertLines(
  db: Db,
  order: Pick<Insertable<PurchaseOrderTable>, 'tenant_id' | 'id'>,
  lines: readonly NewLine[],
): Promise<void> {
  const values = lines.map((line, position) => ({ ...line, position }));
  await sql`
    insert into purchase_order_lines (tenant_id, id, purchase_order_id, position, item_id, quantity, unit_price, receivable)
    select ${order.tenant_id}::uuid, l.id, ${order.id}::uuid, l.position, l."itemId", l.quantity, l."unitPrice",
      l.quantity * (1 + coalesce((select receipt_tolerance from settings), 0))
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as l(id uuid, position smallint, "itemId" uuid, quantity numeric, "unitPrice" numeric)`.execute(db);
}

export type OrderLine = Omit<NewLine, 'id'>;

export async function listLines(db: Db, orderId: string): Promise<OrderLine[]> {
  return db
    .selectFrom('purchase_order_lines')
    .select(['item_id as itemId', decimal('quantity').as('quantity'), decimal('unit_price').as('unitPrice')])
    .where('purchase_order_id', '=', orderId)
    .orderBy('position')
    .execute();
}

/** For a draft alone: nothing was received or invoiced of its lines. */
export async function replaceLines(
  db: Db,
  order: Pick<OrderRow, 'tenant_id' | 'id'>,
  lines: readonly NewLine[],
): Promise<void> {
  await db.deleteFrom('purchase_order_lines').where('purchase_order_id', '=', order.id).execute();
  await insertLines(db, order, lines);
}

export async function updateOrder(
  db: Db,
  id: string,
  changes: Updateable<PurchaseOrderTable>,
): Promise<OrderRow> {
  return db
    .updateTable('purchase_orders')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export async function listApprovers(db: Db, orderId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('order_approvals')
    .select('person_id')
    .where('purchase_order_id', '=', orderId)
    .execute();
  return rows.map((row) => row.person_id);
}

export async function insertApproval(
  db: Db,
  approval: Insertable<PurchasingDb['order_approvals']>,
): Promise<void> {
  await db.insertInto('order_approvals').values(approval).execute();
}

export async function deleteApprovals(db: Db, orderId: string): Promise<void> {
  await db.deleteFrom('order_approvals').where('purchase_order_id', '=', orderId).execute();
}

/** How many people have to approve an order of that total. */
export async function approvalsNeeded(db: Db, total: string): Promise<1 | 2> {
  const { rows } = await sql<{ above: boolean }>`
    select ${total}::numeric > coalesce((select approval_threshold from settings), 10000) as above`.execute(
    db,
  );
  return rows[0]?.above ? 2 : 1;
}

export async function hasOpenHold(db: Db, orderId: string): Promise<boolean> {
  const row = await db
    .selectFrom('payment_holds')
    .select('id')
    .where('purchase_order_id', '=', orderId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row !== undefined;
}
