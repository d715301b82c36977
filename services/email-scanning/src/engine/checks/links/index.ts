import type { Check } from '../../types.ts';
import { links } from './links.ts';

/** Where the mail leads. */
export const linkChecks: readonly Check[] = [links];
