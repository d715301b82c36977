import { consumer } from '@stockade/messaging';
import { defineService } from '@stockade/service-kit';
import { bankAccountRoutes } from './bank-accounts/routes.ts';
import { holdPayments } from './payment-holds/consumer.ts';
import { paymentHoldRoutes } from './payment-holds/routes.ts';
import { copyItem, copySite } from './projections/consumers.ts';
import { purchaseOrderRoutes } from './purchase-orders/routes.ts';
import { markPosted } from './receipts/consumer.ts';
import { receiptRoutes } from './receipts/routes.ts';
import { supplierRoutes } from './suppliers/routes.ts';
import type { PurchasingDb } from './tables.ts';

export const purchasing = defineService<PurchasingDb>({
  name: 'purchasing',
  routes: [supplierRoutes, bankAccountRoutes, purchaseOrderRoutes, receiptRoutes, paymentHoldRoutes],
  consumers: [consumer<PurchasingDb>('purchasing', [copyItem, copySite, markPosted, holdPayments])],
});
