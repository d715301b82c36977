import type { Check } from '../../types.ts';
import { credentials } from './credentials.ts';

/** What the mail says. */
export const wordingChecks: readonly Check[] = [credentials];
