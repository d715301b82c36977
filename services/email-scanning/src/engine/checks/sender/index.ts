import type { Check } from '../../types.ts';
import { lookalikeDomain } from './lookalike-domain.ts';
import { replyTo } from './reply-to.ts';
import { supplierName } from './supplier-name.ts';

/** Who the mail is from, or pretends to be from. */
export const senderChecks: readonly Check[] = [lookalikeDomain, supplierName, replyTo];
