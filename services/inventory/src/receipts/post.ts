import { goodsReceived, receiptPosted } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import type { Static } from 'typebox';
import { type GoodsItem, shareItems } from '../ledger/goods.ts';
import { postMovements } from '../ledger/post.ts';
import type { NewMovement } from '../ledger/posting.ts';
import { toMicro } from '../ledger/quantity.ts';
import { holdingLocation } from '../locations/commands.ts';
import { findLots } from '../lots/queries.ts';
import { findBySource } from '../movements/queries.ts';
import { holdingReason } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';
import { sourceOf } from './source.ts';

type Receipt = Static<typeof goodsReceived.payload>;
type Line = Receipt['lines'][number];

/**
 * Goods arrived at purchasing: one RECEIVE a line. What inventory does not allow any more is not refused, for it is
 * there: it goes to the site's holding location, with the reason.
 */
export const postReceipt = on(goodsReceived, async (work: Work<InventoryDb>, { payload }) => {
  const { receiptId, purchaseOrderId } = payload;
  const posted = await findBySource(
    work.trx,
    payload.lines.map(({ lineId }) => sourceOf(receiptId, lineId)),
  );
  const lines = payload.lines.filter(({ lineId }) => !posted.has(sourceOf(receiptId, lineId)));
  const { movements, held } = await toMovements(work, payload, lines);
  const rows = await postMovements(work, movements);
  for (const [at, row] of rows.entries()) posted.set(movements[at]?.source as string, row.id);
  work.emit(receiptPosted, {
    aggregateId: receiptId,
    aggregateVersion: 1,
    payload: {
      receiptId,
      purchaseOrderId,
      movements: payload.lines.map(({ lineId }) => ({
        lineId,
        movementId: posted.get(sourceOf(receiptId, lineId)) as string,
      })),
      held,
    },
  });
});

async function toMovements(work: Work<InventoryDb>, receipt: Receipt, lines: readonly Line[]) {
  const items = await shareItems(
    work.trx,
    lines.map((line) => line.itemId),
  );
  const lots = await findLots(
    work.trx,
    lines.map((line) => line.lotId).filter((id) => id !== null),
  );
  const held: { lineId: string; reason: string }[] = [];
  const movements: NewMovement[] = [];
  for (const line of lines) {
    const item = items.get(line.itemId);
    if (!item) throw new Error(`Item ${line.itemId} of receipt ${receipt.receiptId} is not known here`);
    const lot = line.lotId === null ? 'none' : lots.get(line.lotId);
    const reason = holdingReason(item, { quantity: line.quantity, lot });
    if (reason) held.push({ lineId: line.lineId, reason });
    const location = reason ? await holdingLocation(work, receipt.siteId) : null;
    movements.push(toMovement(receipt, line, item, { reason, location }));
  }
  return { movements, held };
}

function toMovement(
  receipt: Receipt,
  line: Line,
  item: Pick<GoodsItem, 'id'>,
  { reason, location }: { reason: string | null; location: string | null },
): NewMovement {
  return {
    type: 'RECEIVE',
    item_id: item.id,
    site_id: receipt.siteId,
    location_id: location,
    lot_id: reason ? null : line.lotId,
    quantity: toMicro(line.quantity),
    to_site_id: null,
    to_location_id: null,
    reason: reason ? `Held: ${reason}` : null,
    reference: receipt.orderNumber,
    occurred_at: new Date(receipt.receivedAt),
    actor: receipt.actor,
    source: sourceOf(receipt.receiptId, line.lineId),
  };
}
