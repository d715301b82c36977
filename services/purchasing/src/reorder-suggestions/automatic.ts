import type { ReorderSuggestion } from '@stockade/contracts/purchasing';
import type { Work } from '@stockade/messaging';
import { ServiceError } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import { orderSuggestion } from './commands.ts';
import { type SuggestionRow, withContext } from './queries.ts';

/**
 * Makes a draft of what is suggested, on the terms of the item's last order. Where there was none, or some of the item is on
 * its way already, or the terms hold no longer, the suggestion stays open for people.
 */
export async function orderAutomatically(work: Work<PurchasingDb>, row: SuggestionRow): Promise<void> {
  const [{ lastOrder, onOrder }] = (await withContext(work.trx, [row])) as [ReorderSuggestion];
  if (!lastOrder || onOrder !== '0') return;
  try {
    await orderSuggestion(work, { id: row.id, ifMatch: null, body: {} });
  } catch (error) {
    // Refused before anything was written: the supplier may be inactive by now.
    if (!(error instanceof ServiceError)) throw error;
  }
}
