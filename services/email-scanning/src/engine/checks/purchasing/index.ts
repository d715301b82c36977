import type { Check } from '../../types.ts';
import { bankAccount } from './bank-account.ts';
import { bankChangeRequest } from './bank-change-request.ts';
import { orderReference } from './order-reference.ts';

/** What a purchasing clerk would notice. */
export const purchasingChecks: readonly Check[] = [bankAccount, bankChangeRequest, orderReference];
