import type { Check } from '../../types.ts';
import { replyTo } from './reply-to.ts';

/** Who the mail is from, or pretends to be from. */
export const senderChecks: readonly Check[] = [replyTo];
