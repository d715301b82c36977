import type { Check } from '../types.ts';
import { attachments } from './attachments.ts';
import { bankAccount } from './bank-account.ts';
import { bankChangeRequest } from './bank-change-request.ts';
import { credentials } from './credentials.ts';
import { links } from './links.ts';
import { lookalikeDomain } from './lookalike-domain.ts';
import { orderReference } from './order-reference.ts';
import { replyTo } from './reply-to.ts';
import { structure } from './structure.ts';
import { supplierName } from './supplier-name.ts';

/** Everything that is looked for. */
export const checks: readonly Check[] = [
  lookalikeDomain,
  supplierName,
  bankAccount,
  bankChangeRequest,
  orderReference,
  replyTo,
  links,
  attachments,
  credentials,
  structure,
];
