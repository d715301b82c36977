import { fraudDetected } from '@stockade/contracts';
import { type Changes, on, type Work } from '@stockade/messaging';
import type { Static } from 'typebox';
import { lockOpenInvoices } from '../invoices/queries.ts';
import { findPayable, lockOrders, type OrderRow } from '../purchase-orders/queries.ts';
import { holdable } from '../purchase-orders/rules.ts';
import type { PurchasingDb } from '../tables.ts';
import { auditHold, type Cause, holdInvoice, holdOrder } from './place.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;
type Fraud = Static<typeof fraudDetected.payload>;

const scanner = { type: 'system', id: 'email-scanning', name: 'email-scanning' } as const;

/**
 * The orders that the mail names, in whatever state: goods of a closed one may still be invoiced. When it names none, all
 * of the supplier of which something may still be paid. What is unknown here is left.
 */
async function concerned(work: PurchasingWork, { purchaseOrderIds, supplierId }: Fraud): Promise<OrderRow[]> {
  if (purchaseOrderIds.length > 0) return lockOrders(work.trx, purchaseOrderIds);
  return supplierId ? lockOrders(work.trx, await findPayable(work.trx, supplierId, holdable)) : [];
}

interface Held {
  subject: queries.Subject;
  /** What the audit calls it. */
  name: Changes;
  open(cause: Cause): Promise<queries.HoldRow>;
}

/** One open hold an order or invoice, which is locked: a later mail is further evidence for it. */
async function hold(work: PurchasingWork, { subject, name, open }: Held, fraud: Fraud): Promise<void> {
  const { messageId, reason, score, findings } = fraud;
  const changes = { ...name, message: { before: null, after: messageId } };
  const cause = { reason, personId: null, actor: scanner, changes };
  const before = await queries.findOpenHold(work.trx, subject);
  const { id } = before ?? (await open(cause));
  const isNew = await queries.insertEvidence(work.trx, {
    ...{ tenant_id: work.tenantId, hold_id: id, message_id: messageId, reason, score },
    findings: JSON.stringify(findings),
    at: work.now,
  });
  if (before && isNew) auditHold(work, 'add-evidence', { ...cause, id });
}

/** The scanner found a mail that tries to redirect or fake a payment. */
export const holdPayments = on(fraudDetected, async (work: PurchasingWork, { payload }) => {
  // Orders before invoices: the order in which everybody locks them.
  const orders = await concerned(work, payload);
  const { purchaseOrderIds: orderIds, supplierId } = payload;
  const invoices = await lockOpenInvoices(work.trx, { orderIds, supplierId });
  for (const order of orders) {
    const subject = { purchase_order_id: order.id, invoice_id: null };
    const name = { purchaseOrder: { before: null, after: order.number } };
    await hold(work, { subject, name, open: (cause) => holdOrder(work, order, cause) }, payload);
  }
  for (const invoice of invoices) {
    const subject = { purchase_order_id: null, invoice_id: invoice.id };
    const name = { invoice: { before: null, after: invoice.number } };
    await hold(work, { subject, name, open: (cause) => holdInvoice(work, invoice, cause) }, payload);
  }
});
