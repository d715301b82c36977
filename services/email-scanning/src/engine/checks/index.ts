import type { Check } from '../types.ts';
import { fileChecks } from './files/index.ts';
import { knowledgeChecks } from './knowledge/index.ts';
import { linkChecks } from './links/index.ts';
import { purchasingChecks } from './purchasing/index.ts';
import { senderChecks } from './sender/index.ts';
import { structureChecks } from './structure/index.ts';
import { wordingChecks } from './wording/index.ts';

/** Everything that is looked for. */
export const checks: readonly Check[] = [
  ...senderChecks,
  ...purchasingChecks,
  ...linkChecks,
  ...fileChecks,
  ...wordingChecks,
  ...structureChecks,
  ...knowledgeChecks,
];
