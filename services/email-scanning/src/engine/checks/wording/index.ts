import type { Check } from '../../types.ts';
import { accountLures } from './account-lures.ts';
import { advanceFee } from './advance-fee.ts';
import { advertising } from './advertising.ts';
import { businessLures } from './business-lures.ts';
import { callBackLure } from './call-back-lure.ts';
import { disguised } from './disguised-words.ts';
import { extortion } from './extortion.ts';
import { hardlyAnyText } from './hardly-any-text.ts';
import { impersonal } from './impersonal.ts';
import { pretextLures } from './pretext-lures.ts';
import { salesTalk } from './sales-talk.ts';
import { shouting } from './shouting.ts';

/** What the mail says. Words alone never condemn: these checks look for several concepts of one lure, and how the mail is made. */
export const wordingChecks: readonly Check[] = [
  ...accountLures,
  ...pretextLures,
  callBackLure,
  ...businessLures,
  advanceFee,
  extortion,
  ...advertising,
  salesTalk,
  impersonal,
  disguised,
  hardlyAnyText,
  shouting,
];
