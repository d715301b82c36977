import { goodsReceived, receiptPosted } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import { shareItems } from '../items/queries.ts';
import { holdingLocation } from '../locations/commands.ts';
import { type NewMovement, postMovements } from '../movements/post.ts';
import { holdingReason } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';

/**
 * Goods arrived at purchasing: one RECEIVE a line. What inventory does not allow any more is not refused, for it is
 * there: it goes to the site's holding location, with the reason.
 */
export const postReceipt = on(goodsReceived, async (work: Work<InventoryDb>, { payload }) => {
  const items = new Map(
    (
      await shareItems(
        work.trx,
        payload.lines.map((line) => line.itemId),
      )
    ).map((item) => [item.id, item]),
  );
  const held: { lineId: string; reason: string }[] = [];
  const movements: NewMovement[] = [];
  for (const line of payload.lines) {
    const item = items.get(line.itemId);
    if (!item) throw new Error(`Item ${line.itemId} of receipt ${payload.receiptId} is not known here`);
    const reason = holdingReason(item, line.lotId);
    if (reason) held.push({ lineId: line.lineId, reason });
    movements.push({
      type: 'RECEIVE',
      item,
      item_id: item.id,
      site_id: payload.siteId,
      location_id: reason ? await holdingLocation(work, payload.siteId) : null,
      lot_id: line.lotId,
      quantity: line.quantity,
      to_site_id: null,
      to_location_id: null,
      reason: reason ? `Held: ${reason}` : null,
      reference: payload.orderNumber,
      occurred_at: new Date(payload.receivedAt),
      actor: payload.actor,
      source: `receipt-line ${payload.receiptId} ${line.lineId}`,
    });
  }
  const posted = await postMovements(work, movements);
  work.emit(receiptPosted, {
    aggregateId: payload.receiptId,
    aggregateVersion: 1,
    payload: {
      receiptId: payload.receiptId,
      purchaseOrderId: payload.purchaseOrderId,
      movements: payload.lines.map((line, at) => ({ lineId: line.lineId, movementId: posted[at]?.id ?? '' })),
      held,
    },
  });
});
