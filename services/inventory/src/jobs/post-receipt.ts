import { goodsReceived, receiptPosted } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import type { Static } from 'typebox';
import { shareItems } from '../items/queries.ts';
import { holdingLocation } from '../locations/commands.ts';
import { findLots } from '../lots/queries.ts';
import { type NewMovement, postMovements } from '../movements/post.ts';
import { findBySource } from '../movements/queries.ts';
import { holdingReason } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';

type Receipt = Static<typeof goodsReceived.payload>;
type Line = Receipt['lines'][number];

/** What a line's movement is known by: unique in the ledger, so that no line is ever posted twice. */
const sourceOf = ({ receiptId }: Receipt, { lineId }: Line) => `receipt-line ${receiptId} ${lineId}`;

/**
 * Goods arrived at purchasing: one RECEIVE a line. What inventory does not allow any more is not refused, for it is
 * there: it goes to the site's holding location, with the reason.
 */
export const postReceipt = on(goodsReceived, async (work: Work<InventoryDb>, { payload }) => {
  const posted = await findBySource(
    work.trx,
    payload.lines.map((line) => sourceOf(payload, line)),
  );
  const lines = payload.lines.filter((line) => !posted.has(sourceOf(payload, line)));
  const { movements, held } = await toMovements(work, payload, lines);
  const rows = movements.length > 0 ? await postMovements(work, movements) : [];
  for (const [at, row] of rows.entries()) posted.set(movements[at]?.source as string, row.id);
  work.emit(receiptPosted, {
    aggregateId: payload.receiptId,
    aggregateVersion: 1,
    payload: {
      receiptId: payload.receiptId,
      purchaseOrderId: payload.purchaseOrderId,
      movements: payload.lines.map((line) => ({
        lineId: line.lineId,
        movementId: posted.get(sourceOf(payload, line)) as string,
      })),
      held,
    },
  });
});

async function toMovements(work: Work<InventoryDb>, receipt: Receipt, lines: readonly Line[]) {
  const goods = await loadGoods(work, lines);
  const held: { lineId: string; reason: string }[] = [];
  const movements: NewMovement[] = [];
  for (const line of lines) {
    const item = goods.items.get(line.itemId);
    if (!item) throw new Error(`Item ${line.itemId} of receipt ${receipt.receiptId} is not known here`);
    const lot = line.lotId === null ? 'none' : goods.lots.get(line.lotId);
    const reason = holdingReason(item, { quantity: line.quantity, lot });
    if (reason) held.push({ lineId: line.lineId, reason });
    movements.push({
      type: 'RECEIVE',
      item,
      item_id: item.id,
      site_id: receipt.siteId,
      location_id: reason ? await holdingLocation(work, receipt.siteId) : null,
      lot_id: reason ? null : line.lotId,
      quantity: line.quantity,
      to_site_id: null,
      to_location_id: null,
      reason: reason ? `Held: ${reason}` : null,
      reference: receipt.orderNumber,
      occurred_at: new Date(receipt.receivedAt),
      actor: receipt.actor,
      source: sourceOf(receipt, line),
    });
  }
  return { movements, held };
}

async function loadGoods({ trx }: Work<InventoryDb>, lines: readonly Line[]) {
  const itemIds = lines.map((line) => line.itemId);
  const items = itemIds.length > 0 ? await shareItems(trx, itemIds) : [];
  const lotIds = lines.map((line) => line.lotId).filter((id) => id !== null);
  const lots = lotIds.length > 0 ? await findLots(trx, lotIds) : [];
  return {
    items: new Map(items.map((item) => [item.id, item])),
    lots: new Map(lots.map((lot) => [lot.id, lot])),
  };
}
