import type { Invoice } from '@stockade/contracts/purchasing';
import { decimal } from '@stockade/database';
import type { DetailsSealer } from '../bank-accounts/details.ts';
import type { Db, InvoiceRow } from './queries.ts';

export interface OpenHold {
  id: string;
  reason: string;
  since: string;
}

/** The open hold that stops each of the invoices: its own, or else its order's. */
export async function findOpenHolds(
  db: Db,
  invoices: readonly Pick<InvoiceRow, 'id' | 'purchase_order_id'>[],
): Promise<Map<string, OpenHold>> {
  const ids = invoices.map(({ id }) => id);
  const orderIds = invoices.flatMap(({ purchase_order_id: orderId }) => orderId ?? []);
  const rows = await db
    .selectFrom('payment_holds')
    .select(['id', 'reason', 'created_at', 'invoice_id', 'purchase_order_id'])
    .where('status', '=', 'open')
    .where((where) =>
      where.or([
        where('invoice_id', 'in', ids),
        ...(orderIds.length > 0 ? [where('purchase_order_id', 'in', orderIds)] : []),
      ]),
    )
    .execute();
  const holds = new Map(rows.map((row) => [row.invoice_id ?? row.purchase_order_id, row]));
  return new Map(
    invoices.flatMap(({ id, purchase_order_id: orderId }) => {
      const hold = holds.get(id) ?? (orderId ? holds.get(orderId) : undefined);
      return hold ? [[id, { id: hold.id, reason: hold.reason, since: hold.created_at.toISOString() }]] : [];
    }),
  );
}

function bankAccountOf(details: DetailsSealer, row: InvoiceRow): Invoice['bankAccount'] {
  const { iban, routing_number, account_number, bic } = details.open(row);
  if (iban === null && routing_number === null) return null;
  return { iban, routingNumber: routing_number, accountNumber: account_number, bic };
}

/** Rows with their lines and holds: two statements, however many invoices there are. */
export async function withParts(
  db: Db,
  details: DetailsSealer,
  rows: readonly InvoiceRow[],
): Promise<Invoice[]> {
  if (rows.length === 0) return [];
  const lines = await db
    .selectFrom('invoice_lines')
    .select(['id', 'invoice_id', 'order_line_id as purchaseOrderLineId', 'description'])
    .select([
      decimal('quantity').as('quantity'),
      decimal('unit_price').as('unitPrice'),
      decimal('amount').as('amount'),
    ])
    .where(
      'invoice_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('invoice_id')
    .orderBy('position')
    .execute();
  const holds = await findOpenHolds(db, rows);
  const linesOf = Map.groupBy(lines, (line) => line.invoice_id);
  return rows.map((row) => ({
    id: row.id,
    supplierId: row.supplier_id,
    purchaseOrderId: row.purchase_order_id,
    number: row.number,
    normalizedNumber: row.normalized_number,
    issuedAt: row.issued_at.toISOString(),
    currency: row.currency,
    status: row.status,
    total: row.total,
    bankAccount: bankAccountOf(details, row),
    paymentHold: holds.get(row.id) ?? null,
    createdBy: row.created_by,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at?.toISOString() ?? null,
    acceptanceReason: row.acceptance_reason,
    lines: (linesOf.get(row.id) ?? []).map(({ invoice_id: _, ...line }) => line),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

export async function view(db: Db, details: DetailsSealer, row: InvoiceRow): Promise<Invoice> {
  const [invoice] = await withParts(db, details, [row]);
  return invoice as Invoice;
}
