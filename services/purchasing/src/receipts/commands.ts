import { goodsReceived } from '@stockade/contracts';
import type { CreateReceiptBody, Receipt } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { emitOrder } from '../purchase-orders/events.ts';
import { fitsUnit } from '../purchase-orders/money.ts';
import { hasOpenHold, lockOrder, type OrderRow, updateOrder } from '../purchase-orders/queries.ts';
import { checkStep } from '../purchase-orders/rules.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;
type NewReceipt = Static<typeof CreateReceiptBody>;

/** Each line is one of the order's, in a quantity that its unit allows, and not more than is still open. */
async function checkLines(
  work: PurchasingWork,
  order: OrderRow,
  { lines }: NewReceipt,
): Promise<Map<string, queries.LineToReceive>> {
  const known = await queries.linesToReceive(work.trx, order.id);
  for (const [at, line] of lines.entries()) {
    const found = known.get(line.lineId);
    if (!found) throw errors.notFound(`Line ${line.lineId} of purchase order ${order.number}`);
    if (!fitsUnit(found.unit ?? '', line.quantity)) {
      throw errors.validation([
        { path: `/lines/${at}/quantity`, message: `must be a whole number: ${found.sku} is counted by each` },
      ]);
    }
  }
  const over = await queries.findOverReceived(work.trx, order.id, lines);
  if (over) {
    throw errors.conflict(`More than was ordered: of this line ${over.open} may still be received.`, {
      lineId: over.line_id,
      open: over.open,
    });
  }
  return known;
}

/**
 * Goods arrived: receipt, what has been received, the order's state and the event for the stock ledger are one
 * transaction. The order's lock lets one receipt at a time decide what is still open.
 */
export async function createReceipt(
  work: PurchasingWork,
  orderId: string,
  body: NewReceipt,
): Promise<Receipt> {
  const order = await lockOrder(work.trx, orderId);
  if (!order) throw errors.notFound('Purchase order', orderId);
  checkStep('receive', order);
  const known = await checkLines(work, order, body);
  await queries.addReceived(work.trx, body.lines);
  const lines = body.lines.map((line) => ({ ...line, id: newId() }));
  const receiptId = newId();
  const receipt = await queries.insertReceipt(
    work.trx,
    {
      tenant_id: work.tenantId,
      id: receiptId,
      purchase_order_id: order.id,
      reference: body.reference ?? null,
      received_at: work.now,
      received_by: JSON.stringify(work.caller.actor),
    },
    lines.map(({ id, lineId, quantity, lotId }) => ({
      ...{ tenant_id: work.tenantId, id, receipt_id: receiptId, order_line_id: lineId, quantity },
      ...{ lot_id: lotId ?? null, movement_id: null, held_reason: null },
    })),
  );
  const status = (await queries.isComplete(work.trx, order.id)) ? 'received' : 'partially_received';
  const after = await updateOrder(work.trx, order.id, { status });
  emitOrder(work, after, await hasOpenHold(work.trx, order.id));
  work.emit(goodsReceived, {
    aggregateId: receipt.id,
    aggregateVersion: receipt.version,
    payload: {
      receiptId: receipt.id,
      purchaseOrderId: order.id,
      orderNumber: order.number,
      siteId: order.site_id,
      receivedAt: work.now.toISOString(),
      reference: receipt.reference,
      lines: lines.map(({ id, lineId, quantity, lotId }) => ({
        lineId: id,
        itemId: known.get(lineId)?.itemId ?? '',
        quantity,
        lotId: lotId ?? null,
      })),
      actor: work.caller.actor,
    },
  });
  const content = { purchaseOrder: order.number, reference: receipt.reference, lines: body.lines };
  work.audit({
    action: 'purchasing.receipt.create',
    target: { type: 'receipt', id: receipt.id },
    changes: { ...changed(null, content), ...changed(order, after, ['status']) },
  });
  const [shown] = await queries.withLines(work.trx, [receipt]);
  return shown as Receipt;
}
