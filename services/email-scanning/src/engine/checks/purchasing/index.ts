import type { Check } from '../../types.ts';
import { accountCountry } from './account-country.ts';
import { bankAccount } from './bank-account.ts';
import { bankChangeRequest } from './bank-change-request.ts';
import { executivePayment } from './executive-payment.ts';
import { hiddenAccount } from './hidden-account.ts';
import { inventedThread } from './invented-thread.ts';
import { lookalikeDomain } from './lookalike-domain.ts';
import { orderAmount } from './order-amount.ts';
import { orderReference } from './order-reference.ts';
import { paymentMethod } from './payment-method.ts';
import { remittanceAddress } from './remittance-address.ts';
import { replyAddress } from './reply-address.ts';
import { strangerAboutOrder } from './stranger-about-order.ts';
import { supplierAuthentication } from './supplier-authentication.ts';
import { supplierName } from './supplier-name.ts';
import { unknownContact } from './unknown-contact.ts';

/** What a purchasing clerk would notice. */
export const purchasingChecks: readonly Check[] = [
  ...[lookalikeDomain, supplierName, supplierAuthentication, replyAddress, unknownContact, inventedThread],
  ...[bankAccount, accountCountry, hiddenAccount, bankChangeRequest, paymentMethod, remittanceAddress],
  ...[orderReference, orderAmount, strangerAboutOrder, executivePayment],
];
