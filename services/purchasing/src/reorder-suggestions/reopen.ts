import { changed, type Work } from '@stockade/messaging';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

/** An order came to nothing: what it was made of is open again, as long as stock is still low and nothing else is open. */
export async function reopenSuggestion(work: Work<PurchasingDb>, orderId: string): Promise<void> {
  const before = await queries.lockOfOrder(work.trx, orderId);
  if (!before || !(await queries.isLow(work.trx, before.item_id, before.site_id))) return;
  if (await queries.lockOpen(work.trx, before.item_id, before.site_id)) return;
  const after = await queries.updateSuggestion(work.trx, before.id, {
    ...{ status: 'open', purchase_order_id: null, decided_at: null },
  });
  work.audit({
    action: 'purchasing.reorder-suggestion.reopen',
    target: { type: 'reorder-suggestion', id: after.id },
    changes: changed(before, after, ['status', 'purchase_order_id']),
  });
}
