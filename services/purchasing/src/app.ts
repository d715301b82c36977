import { copyFeatureFlags, createFeatureFlags } from '@stockade/feature-flags';
import { consumer } from '@stockade/messaging';
import { type MailConfig, parseMailFrom } from '@stockade/outgoing-mail';
import { defineService, resealing, type ServiceDefinition } from '@stockade/service-kit';
import { sealedColumns } from './bank-accounts/details.ts';
import { bankAccountRoutes } from './bank-accounts/routes.ts';
import { invoiceRoutes } from './invoices/routes.ts';
import { oldAttempts } from './order-mails/clean-up.ts';
import { createDelivery } from './order-mails/deliver.ts';
import { orderMailRoutes } from './order-mails/routes.ts';
import { holdPayments } from './payment-holds/consumer.ts';
import { paymentHoldRoutes } from './payment-holds/routes.ts';
import { copyItem, copySite } from './projections/consumers.ts';
import { purchaseOrderRoutes } from './purchase-orders/routes.ts';
import { markPosted } from './receipts/consumer.ts';
import { finishReversal } from './receipts/reverse.ts';
import { receiptRoutes } from './receipts/routes.ts';
import { suggestReorder } from './reorder-suggestions/consumer.ts';
import { reorderSuggestionRoutes } from './reorder-suggestions/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { supplierRoutes } from './suppliers/routes.ts';
import type { PurchasingDb } from './tables.ts';

/** The purchasing service, sending its mail as its settings say. */
export function createPurchasing(config: MailConfig): ServiceDefinition<PurchasingDb> {
  const delivery = createDelivery(config);
  const flags = createFeatureFlags('purchasing');
  const bankDetails = resealing<PurchasingDb>(sealedColumns);
  return defineService<PurchasingDb>({
    name: 'purchasing',
    routes: [
      supplierRoutes,
      bankAccountRoutes,
      purchaseOrderRoutes,
      orderMailRoutes(parseMailFrom(config.MAIL_FROM)),
      receiptRoutes,
      invoiceRoutes,
      paymentHoldRoutes,
      settingsRoutes,
      reorderSuggestionRoutes,
    ],
    consumers: [
      consumer<PurchasingDb>('purchasing', [
        copyItem,
        copySite,
        markPosted,
        finishReversal,
        suggestReorder(flags),
        holdPayments,
        copyFeatureFlags<PurchasingDb>(),
      ]),
    ],
    tasks: [{ name: 'order-mails', everyMs: 500, run: delivery.deliverDue }, bankDetails.task],
    cleanUps: [oldAttempts],
    checks: (service) => ({ sealing: bankDetails.check(service) }),
    async start(service) {
      delivery.start(service);
      await flags.start(service);
    },
  });
}
