import { goodsReturned, receiptReversed } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import type { Static } from 'typebox';
import { postMovements } from '../ledger/post.ts';
import { StockRefusal } from '../ledger/refusals.ts';
import { reversalOf } from '../movements/commands.ts';
import { findBySource, listUnreversed, lockReversals } from '../movements/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { sourceOf } from './source.ts';

type Return = Static<typeof goodsReturned.payload>;

/**
 * Takes the movements of a receipt back: all, or, when the goods are not there any more, none, and says why. The
 * answer carries the version that the receipt was asked back with, so that an old answer is known as such.
 */
export const takeBackReceipt = on(
  goodsReturned,
  async (work: Work<InventoryDb>, { payload, aggregateVersion }) => {
    const reason = await takeBack(work, payload);
    work.emit(receiptReversed, {
      aggregateId: payload.receiptId,
      aggregateVersion,
      payload: { receiptId: payload.receiptId, done: reason === null, reason },
    });
  },
);

/** Why it cannot be, or null when it is done (a moment ago or now). */
async function takeBack(work: Work<InventoryDb>, payload: Return): Promise<string | null> {
  const sources = payload.lineIds.map((lineId) => sourceOf(payload.receiptId, lineId));
  const posted = await findBySource(work.trx, sources);
  if (posted.size < sources.length) throw new Error(`Receipt ${payload.receiptId} is not in the ledger yet`);
  await lockReversals(work.trx, [...posted.values()]);
  const movements = await listUnreversed(work.trx, sources);
  const by = {
    actor: payload.actor,
    occurred_at: work.now,
    reason: payload.reason ?? 'Reversal of the receipt',
  };
  try {
    await postMovements(
      work,
      movements.map((movement) => reversalOf(movement, by)),
    );
    return null;
  } catch (error) {
    // Stock is judged before anything is written: the transaction is still whole. Who reads the reason in purchasing
    // may be somebody who counts that stock at this moment: it tells no figures.
    if (error instanceof StockRefusal) return error.blind.message;
    throw error;
  }
}
