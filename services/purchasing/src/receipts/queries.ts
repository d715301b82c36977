import type { OrderStatus, Receipt } from '@stockade/contracts/purchasing';
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
import type { PurchasingDb, ReceiptTable } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type ReceiptRow = Selectable<ReceiptTable>;

export interface LineToReceive {
  id: string;
  itemId: string;
  unit: string | null;
  sku: string | null;
  /** What may still be received of it, the tolerance included. */
  open: string;
}

/** The lines of an order. Call it with the order locked. */
export async function linesToReceive(db: Db, orderId: string): Promise<Map<string, LineToReceive>> {
  const rows = await db
    .selectFrom('purchase_order_lines as l')
    .leftJoin('items as i', (join) =>
      join.onRef('i.tenant_id', '=', 'l.tenant_id').onRef('i.id', '=', 'l.item_id'),
    )
    .select(['l.id', 'l.item_id as itemId', 'i.unit', 'i.sku'])
    .select(sql<string>`trim_scale(l.receivable - l.received)::text`.as('open'))
    .where('l.purchase_order_id', '=', orderId)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ReceivedLine {
  lineId: string;
  quantity: string;
}

/** Adds to what has been received; lines named twice are summed. A constraint refuses more than may be received. */
export async function addReceived(db: Db, lines: readonly ReceivedLine[]): Promise<void> {
  await sql`
    update purchase_order_lines l set received = l.received + r.quantity
    from (select line_id, sum(quantity) as quantity
      from unnest(${lines.map((line) => line.lineId)}::uuid[], ${lines.map((line) => line.quantity)}::numeric[]) as u(line_id, quantity) group by 1) r
    where l.id = r.line_id`.execute(db);
}

/** The first line of which more would arrive than may, with what is open. */
export async function findOverReceived(
  db: Db,
  orderId: string,
  lines: readonly ReceivedLine[],
): Promise<{ line_id: string; open: string } | undefined> {
  const { rows } = await sql<{ line_id: string; open: string }>`
    select l.id as line_id, trim_scale(l.receivable - l.received)::text as open
    from purchase_order_lines l
    join (select line_id, sum(quantity) as quantity
      from unnest(${lines.map((line) => line.lineId)}::uuid[], ${lines.map((line) => line.quantity)}::numeric[]) as u(line_id, quantity) group by 1) r
      on r.line_id = l.id
    where l.purchase_order_id = ${orderId} and l.received + r.quantity > l.receivable
    order by l.position limit 1`.execute(db);
  return rows[0];
}

export async function isComplete(db: Db, orderId: string): Promise<boolean> {
  const open = await db
    .selectFrom('purchase_order_lines')
    .select('id')
    .where('purchase_order_id', '=', orderId)
    .whereRef('received', '<', 'quantity')
    .executeTakeFirst();
  return open === undefined;
}

export async function insertReceipt(
  db: Db,
  receipt: Insertable<ReceiptTable>,
  lines: readonly Insertable<PurchasingDb['receipt_lines']>[],
): Promise<ReceiptRow> {
  const row = await db.insertInto('receipts').values(receipt).returningAll().executeTakeFirstOrThrow();
  await db
    .insertInto('receipt_lines')
    .values([...lines])
    .execute();
  return row;
}

export async function findReceipt(db: Db, id: string): Promise<ReceiptRow | undefined> {
  return db.selectFrom('receipts').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockReceipt(db: Db, id: string): Promise<ReceiptRow | undefined> {
  return db.selectFrom('receipts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function updateReceipt(
  db: Db,
  id: string,
  changes: Updateable<ReceiptTable>,
): Promise<ReceiptRow> {
  return db
    .updateTable('receipts')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Adds what a receipt brought to what is on its way back (1), or takes it off again (-1). Call it with the order locked. */
export async function changeGoingBack(db: Db, receiptId: string, sign: 1 | -1): Promise<void> {
  await sql`
    update purchase_order_lines l set going_back = l.going_back + ${sign}::int * r.quantity
    from (select order_line_id, sum(quantity) as quantity from receipt_lines where receipt_id = ${receiptId} group by 1) r
    where l.id = r.order_line_id`.execute(db);
}

/** What a receipt brought was not received after all. */
export async function takeBackReceived(db: Db, receiptId: string): Promise<void> {
  await sql`
    update purchase_order_lines l set received = l.received - r.quantity, going_back = l.going_back - r.quantity
    from (select order_line_id, sum(quantity) as quantity from receipt_lines where receipt_id = ${receiptId} group by 1) r
    where l.id = r.order_line_id`.execute(db);
}

/** The state that an order has by what was received of it. */
export async function statusByReceived(db: Db, orderId: string): Promise<OrderStatus> {
  const { rows } = await sql<{ status: OrderStatus }>`
    select case when bool_and(received >= quantity) then 'received'
      when sum(received) > 0 then 'partially_received'
      when exists (select from order_mails m where m.purchase_order_id = ${orderId}) then 'sent'
      else 'approved' end as status
    from purchase_order_lines where purchase_order_id = ${orderId}`.execute(db);
  return rows[0]?.status ?? 'approved';
}

export async function listReceipts(db: Db, orderId: string, query: ListQuery): Promise<ReceiptRow[]> {
  return applyPage(
    db.selectFrom('receipts').selectAll().where('purchase_order_id', '=', orderId),
    query,
  ).execute();
}

/** Rows with their lines, in one more statement. */
export async function withLines(db: Db, rows: readonly ReceiptRow[]): Promise<Receipt[]> {
  if (rows.length === 0) return [];
  const lines = await db
    .selectFrom('receipt_lines')
    .select([
      'id',
      'receipt_id',
      'order_line_id as lineId',
      'lot_id as lotId',
      'movement_id as movementId',
      'held_reason as heldReason',
    ])
    .select(decimal('quantity').as('quantity'))
    .where(
      'receipt_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('id')
    .execute();
  const linesOf = Map.groupBy(lines, (line) => line.receipt_id);
  return rows.map((row) => ({
    id: row.id,
    purchaseOrderId: row.purchase_order_id,
    reference: row.reference,
    receivedAt: row.received_at.toISOString(),
    receivedBy: row.received_by,
    status: row.status,
    reversedBy: row.reversed_by,
    reversedAt: row.reversed_at?.toISOString() ?? null,
    reversalReason: row.reversal_reason,
    reversalRefusal: row.reversal_refusal,
    stockPosting: row.stock_posting,
    lines: (linesOf.get(row.id) ?? []).map(({ receipt_id: _, ...line }) => line),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

interface Posting {
  movements: { lineId: string; movementId: string }[];
  held: { lineId: string; reason: string }[];
}

/** Notes where the ledger has the receipt's lines. */
export async function markPosted(
  db: Db,
  receiptId: string,
  { movements, held }: Posting,
): Promise<ReceiptRow | undefined> {
  const reasons = new Map(held.map(({ lineId, reason }) => [lineId, reason]));
  await sql`
    update receipt_lines l set movement_id = m.movement_id, held_reason = m.reason
    from unnest(${movements.map((m) => m.lineId)}::uuid[], ${movements.map((m) => m.movementId)}::uuid[], ${movements.map((m) => reasons.get(m.lineId) ?? null)}::text[])
      as m(line_id, movement_id, reason)
    where l.receipt_id = ${receiptId} and l.id = m.line_id`.execute(db);
  return db
    .updateTable('receipts')
    .set({ stock_posting: 'posted', version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', receiptId)
    .returningAll()
    .executeTakeFirst();
}
