import type { Check } from '../../types.ts';
import { structure } from './structure.ts';

/** How the mail is made. */
export const structureChecks: readonly Check[] = [structure];
