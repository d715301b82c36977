import { receiptPosted } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

/** Inventory has the receipt's lines in its ledger. */
export const markPosted = on(receiptPosted, async (work: Work<PurchasingDb>, { payload }) => {
  const receipt = await queries.markPosted(work.trx, payload.receiptId, payload);
  if (!receipt) throw new Error(`Receipt ${payload.receiptId} is not known here`);
  work.audit({
    action: 'purchasing.receipt.post',
    target: { type: 'receipt', id: receipt.id },
    changes: { stock_posting: { before: 'pending', after: 'posted' } },
  });
});
