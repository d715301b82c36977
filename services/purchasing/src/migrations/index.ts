import type { Migration } from '@stockade/database';
import { suppliers } from './0001-suppliers.ts';
import { orders } from './0002-orders.ts';
import { receiptsAndHolds } from './0003-receipts-and-holds.ts';
import { settingsAndInvoices } from './0004-settings-and-invoices.ts';
import { orderMails } from './0005-order-mails.ts';
import { returnsAndSuggestions } from './0006-returns-and-suggestions.ts';
import { featureFlags } from './0007-feature-flags.ts';
import { withheldMails } from './0008-withheld-mails.ts';
import { encryption } from './0009-encryption.ts';
import { cleanUp } from './0010-clean-up.ts';

export const migrations: readonly Migration[] = [
  suppliers,
  orders,
  receiptsAndHolds,
  settingsAndInvoices,
  orderMails,
  returnsAndSuggestions,
  featureFlags,
  withheldMails,
  encryption,
  cleanUp,
];
