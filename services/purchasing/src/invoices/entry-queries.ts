import { type Insertable, sql } from 'kysely';
import type { InvoiceTable } from '../tables.ts';
import { columns, type Db, type InvoiceRow } from './queries.ts';

/** The invoice that has the number already: cancelled ones have given theirs up. */
export async function findByNumber(
  db: Db,
  supplierId: string,
  normalizedNumber: string,
): Promise<Pick<InvoiceRow, 'id' | 'number'> | undefined> {
  return db
    .selectFrom('invoices')
    .select(['id', 'number'])
    .where('supplier_id', '=', supplierId)
    .where('normalized_number', '=', normalizedNumber)
    .where('status', '<>', 'cancelled')
    .executeTakeFirst();
}

/** Gives undefined when the supplier's number is taken; waits for whoever enters the same at this moment. */
export async function insertInvoice(
  db: Db,
  invoice: Insertable<InvoiceTable>,
): Promise<InvoiceRow | undefined> {
  return db
    .insertInto('invoices')
    .values(invoice)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'supplier_id', 'normalized_number'])
        .where('status', '<>', 'cancelled')
        .doNothing(),
    )
    .returning(columns)
    .executeTakeFirst();
}

export interface NewInvoiceLine {
  id: string;
  purchaseOrderLineId?: string;
  description?: string;
  quantity: string;
  unitPrice: string;
}

/** Amounts are rounded to the currency's smallest unit, line by line. */
export async function insertLines(
  db: Db,
  { tenant_id, id }: Pick<InvoiceRow, 'tenant_id' | 'id'>,
  lines: readonly NewInvoiceLine[],
  decimals: number,
): Promise<void> {
  const values = lines.map((line, position) => ({ ...line, position }));
  await sql`
    insert into invoice_lines (tenant_id, id, invoice_id, position, order_line_id, description, quantity, unit_price, amount)
    select ${tenant_id}::uuid, l.id, ${id}::uuid, l.position, l."purchaseOrderLineId", l.description, l.quantity, l."unitPrice",
      round(l.quantity * l."unitPrice", ${decimals}::int)
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as l(id uuid, position smallint, "purchaseOrderLineId" uuid, description text, quantity numeric, "unitPrice" numeric)`.execute(
    db,
  );
}

/** The ids of an order's lines. */
export async function listOrderLineIds(db: Db, orderId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('purchase_order_lines')
    .select('id')
    .where('purchase_order_id', '=', orderId)
    .execute();
  return new Set(rows.map((row) => row.id));
}
