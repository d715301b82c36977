import { purchasingOperations } from '@stockade/contracts/purchasing';
import { badInputTest } from '@stockade/testing';
import t from 'tap';
import { makeSamples } from './samples.ts';
import { start } from './service.ts';

const service = await start(t);

await badInputTest(t, service, purchasingOperations, await makeSamples(service), [
  'suppliers',
  'bank_accounts',
  'purchase_orders',
  'purchase_order_lines',
  'order_approvals',
  'order_counters',
  'order_mails',
  'receipts',
  'receipt_lines',
  'invoices',
  'invoice_lines',
  'settings',
  'reorder_suggestions',
  'stock_levels',
  'payment_holds',
  'payment_hold_evidence',
]);
