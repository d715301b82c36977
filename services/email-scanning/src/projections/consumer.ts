import {
  bankAccountChanged,
  orderChanged,
  orderMailQueued,
  supplierChanged,
  tenantChanged,
  userChanged,
} from '@stockade/contracts';
import { copyFeatureFlags } from '@stockade/feature-flags';
import { consumer, on, type Work } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import { storeSentMessage } from '../history/queries.ts';
import type { EmailScanningDb } from '../tables.ts';
import { sealAccount } from './bank-details.ts';
import { storeCopy } from './store.ts';

type Db = EmailScanningDb;

/** Keeps the scanner's copies of what purchasing and identity own. */
export const projectionConsumer = (bankDetails: Sealer) =>
  consumer<Db>('email-scanning', [
    on(supplierChanged, (work: Work<Db>, event) => {
      const { code, name, mailDomains, contacts, active } = event.payload;
      return storeCopy(work, 'suppliers', event, {
        code,
        name,
        mail_domains: mailDomains,
        contacts: JSON.stringify(contacts),
        active,
      });
    }),
    on(bankAccountChanged, (work: Work<Db>, event) => {
      const { bankAccountId, supplierId, status, sealed, ...plain } = event.payload;
      return storeCopy(work, 'bank_accounts', event, {
        supplier_id: supplierId,
        status,
        ...{ holder: null, iban: null, routing_number: null, account_number: null, bic: null },
        // As purchasing sealed them; a purchasing of the version before sends them in plain.
        sealed: sealed
          ? Buffer.from(sealed, 'base64')
          : sealAccount(bankDetails, { tenant_id: work.tenantId, id: bankAccountId }, plain),
      });
    }),
    on(orderChanged, (work: Work<Db>, event) => {
      const { number, supplierId, siteId, status, total, currency, onHold } = event.payload;
      return storeCopy(work, 'orders', event, {
        number,
        supplier_id: supplierId,
        site_id: siteId,
        status,
        total,
        currency,
        on_hold: onHold,
      });
    }),
    on(orderMailQueued, (work: Work<Db>, event) =>
      storeSentMessage(work, event.payload, new Date(event.occurredAt)),
    ),
    on(userChanged, (work: Work<Db>, event) => {
      const { email, name, role, active } = event.payload;
      return storeCopy(work, 'users', event, { email, name, role, active });
    }),
    copyFeatureFlags<Db>(),
    on(tenantChanged, (work: Work<Db>, event) => {
      const { name, mailDomains, active } = event.payload;
      return storeCopy(work, 'tenants', event, { name, mail_domains: mailDomains, active });
    }),
  ]);
