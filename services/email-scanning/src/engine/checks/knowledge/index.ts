import type { Check } from '../../types.ts';

/** What the tenant and its feeds know of the mail's senders, addresses and files. */
export const knowledgeChecks: readonly Check[] = [];
