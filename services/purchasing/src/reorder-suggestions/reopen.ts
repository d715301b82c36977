import { changed, type Work } from '@stockade/messaging';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

/** An order came to nothing: what it was made of is open again, as long as stock is still low and nothing else is open. */
export async function reopenSuggestion(work: Work<PurchasingDb>, orderId: string): Promise<void> {
  const found = await queries.findOfOrder(work.trx, orderId);
  if (!found || !(await queries.lockLow(work.trx, found.item_id, found.site_id))) return;
  const before = await queries.lockSuggestion(work.trx, found.id);
  if (before?.purchase_order_id !== orderId) return;
  if (await queries.lockOpen(work.trx, before.item_id, before.site_id)) return;
  const after = await queries.updateSuggestion(work.trx, before.id, {
    ...{ status: 'open', purchase_order_id: null, decided_by: null, decided_at: null },
  });
  work.audit({
    action: 'purchasing.reorder-suggestion.reopen',
    target: { type: 'reorder-suggestion', id: after.id },
    changes: changed(before, after, ['status', 'purchase_order_id']),
  });
}
