import type { InvoiceStatus } from '@stockade/contracts/purchasing';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely';
import { lockOrder, type OrderRow } from '../purchase-orders/queries.ts';
import type { InvoiceTable, PurchasingDb } from '../tables.ts';

export type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type InvoiceRow = Selectable<InvoiceTable>;

export const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'supplier_id',
  'purchase_order_id',
  'number',
  'normalized_number',
  'issued_at',
  'currency',
  'status',
  decimal('total').as('total'),
  'sealed',
  'iban',
  'routing_number',
  'account_number',
  'bic',
  'created_by',
  'created_by_person',
  'approved_by',
  'approved_by_person',
  'approved_at',
  'approved_match',
  'acceptance_reason',
] as const;

export async function findInvoice(db: Db, id: string): Promise<InvoiceRow | undefined> {
  return db.selectFrom('invoices').select(columns).where('id', '=', id).executeTakeFirst();
}

/** Of one that is known to be there: none is ever removed. */
export async function getInvoice(db: Db, id: string): Promise<InvoiceRow> {
  return db.selectFrom('invoices').select(columns).where('id', '=', id).executeTakeFirstOrThrow();
}

/** Locks an invoice for a step: its order first, as everywhere. */
export async function lockInvoice(
  db: Db,
  id: string,
): Promise<{ invoice: InvoiceRow; order: OrderRow | undefined } | undefined> {
  const found = await findInvoice(db, id);
  if (!found) return undefined;
  const order = found.purchase_order_id ? await lockOrder(db, found.purchase_order_id) : undefined;
  const invoice = await db
    .selectFrom('invoices')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { invoice, order };
}

interface Concerned {
  /** Orders that are named. */
  orderIds: readonly string[];
  supplierId: string | null;
}

/**
 * Open invoices, locked in the order of their ids: those of the named orders and the supplier's without an order; all of
 * the supplier's when no order is named. The orders have to be locked before.
 */
export async function lockOpenInvoices(db: Db, { orderIds, supplierId }: Concerned): Promise<InvoiceRow[]> {
  return db
    .selectFrom('invoices')
    .select(columns)
    .where('status', 'in', ['received', 'held'])
    .where((where) =>
      where.or([
        where('purchase_order_id', '=', sql<string>`any (${orderIds}::uuid[])`),
        where.and([
          where('supplier_id', '=', supplierId),
          where.or([where('purchase_order_id', 'is', null), sql<boolean>`${orderIds.length} = 0`]),
        ]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
}

interface InvoiceFilters extends ListQuery {
  status?: InvoiceStatus;
  supplierId?: string;
  purchaseOrderId?: string;
  normalizedNumber?: string;
}

export async function listInvoices(
  db: Db,
  { status, supplierId, purchaseOrderId, normalizedNumber, ...query }: InvoiceFilters,
): Promise<InvoiceRow[]> {
  let invoices = applyPage(db.selectFrom('invoices').select(columns), query);
  if (status) invoices = invoices.where('status', '=', status);
  if (supplierId) invoices = invoices.where('supplier_id', '=', supplierId);
  if (purchaseOrderId) invoices = invoices.where('purchase_order_id', '=', purchaseOrderId);
  if (normalizedNumber !== undefined) invoices = invoices.where('normalized_number', '=', normalizedNumber);
  return invoices.execute();
}

export async function updateInvoice(
  db: Db,
  id: string,
  changes: Updateable<InvoiceTable>,
): Promise<InvoiceRow> {
  return db
    .updateTable('invoices')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
