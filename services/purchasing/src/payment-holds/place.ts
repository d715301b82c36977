import { newId } from '@stockade/database';
import type { Changes, Work } from '@stockade/messaging';
import { type InvoiceRow, updateInvoice } from '../invoices/queries.ts';
import { emitOrder } from '../purchase-orders/events.ts';
import { type OrderRow, updateOrder } from '../purchase-orders/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;

export interface Cause {
  reason: string;
  /** Who decided it; null when a rule or the scanner did. */
  personId: string | null;
  actor: PurchasingWork['caller']['actor'];
  /** What else the audit entry tells. */
  changes?: Changes;
}

/** Tells of a hold, by whomever it was placed. */
export function auditHold(
  work: PurchasingWork,
  action: string,
  { id, reason, actor, changes = {} }: Omit<Cause, 'personId'> & { id: string },
): void {
  work.audit({
    action: `purchasing.payment-hold.${action}`,
    target: { type: 'payment-hold', id },
    changes: { ...changes, reason: { before: null, after: reason } },
    actor,
  });
}

async function insert(
  work: PurchasingWork,
  subject: queries.Subject & { supplier_id: string },
  cause: Cause,
): Promise<queries.HoldRow> {
  const hold = await queries.insertHold(work.trx, {
    ...{ tenant_id: work.tenantId, id: newId() },
    ...subject,
    reason: cause.reason,
    placed_by: cause.personId ? JSON.stringify(cause.actor) : null,
    placed_by_person: cause.personId,
  });
  auditHold(work, 'create', { ...cause, id: hold.id });
  return hold;
}

/** Stops payment of an order, which is locked and has no open hold. */
export async function holdOrder(
  work: PurchasingWork,
  { id, supplier_id }: OrderRow,
  cause: Cause,
): Promise<queries.HoldRow> {
  const hold = await insert(work, { purchase_order_id: id, invoice_id: null, supplier_id }, cause);
  emitOrder(work, await updateOrder(work.trx, id, {}), true);
  return hold;
}

/** Stops payment of an invoice, which is locked and received, or new and held. */
export async function holdInvoice(
  work: PurchasingWork,
  { id, supplier_id, status }: InvoiceRow,
  cause: Cause,
): Promise<queries.HoldRow> {
  // Before the hold: a foreign key lets only held invoices have an open one.
  if (status !== 'held') await updateInvoice(work.trx, id, { status: 'held' });
  return insert(work, { purchase_order_id: null, invoice_id: id, supplier_id }, cause);
}
