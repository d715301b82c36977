import { fraudDetected } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { on, type Work } from '@stockade/messaging';
import type { Static } from 'typebox';
import { emitOrder } from '../purchase-orders/events.ts';
import { lockOrders, type OrderRow, updateOrder } from '../purchase-orders/queries.ts';
import { holdable } from '../purchase-orders/rules.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;
type Fraud = Static<typeof fraudDetected.payload>;

/** The orders that the mail names, or all open ones of the supplier when it names none. What is unknown here is left. */
async function concerned(work: PurchasingWork, { purchaseOrderIds, supplierId }: Fraud): Promise<OrderRow[]> {
  if (purchaseOrderIds.length > 0)
    return lockOrders(work.trx, { ids: purchaseOrderIds }, ['draft', ...holdable]);
  return supplierId ? lockOrders(work.trx, { supplierId }, holdable) : [];
}

/** One open hold an order: a later mail is further evidence for it. */
async function hold(work: PurchasingWork, order: OrderRow, fraud: Fraud): Promise<void> {
  const { messageId, reason, score, findings } = fraud;
  const opened = await queries.insertHold(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    purchase_order_id: order.id,
    supplier_id: order.supplier_id,
    reason,
  });
  const { id: holdId } = opened ?? (await queries.getOpenHold(work.trx, order.id));
  const isNew = await queries.insertEvidence(work.trx, {
    ...{ tenant_id: work.tenantId, hold_id: holdId, message_id: messageId, reason, score },
    findings: JSON.stringify(findings),
    at: work.now,
  });
  if (!opened && !isNew) return;
  if (opened) emitOrder(work, await updateOrder(work.trx, order.id, {}), true);
  work.audit({
    action: opened ? 'purchasing.payment-hold.create' : 'purchasing.payment-hold.add-evidence',
    target: { type: 'payment-hold', id: holdId },
    changes: {
      purchaseOrder: { before: null, after: order.number },
      reason: { before: null, after: reason },
      message: { before: null, after: messageId },
    },
    actor: { type: 'system', id: 'email-scanning', name: 'email-scanning' },
  });
}

/** The scanner found a mail that tries to redirect or fake a payment. */
export const holdPayments = on(fraudDetected, async (work: PurchasingWork, { payload }) => {
  for (const order of await concerned(work, payload)) await hold(work, order, payload);
});
