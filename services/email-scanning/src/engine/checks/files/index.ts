import type { Check } from '../../types.ts';
import { attachments } from './attachments.ts';

/** What the mail carries. */
export const fileChecks: readonly Check[] = [attachments];
