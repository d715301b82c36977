import type { Check } from '../../types.ts';
import { authentication } from './authentication.ts';
import { feeds } from './feeds.ts';

/** What feeds and the sender's own domain say of the mail. The tenant's lists stand in ../../lists.ts: they rule over the rest. */
export const knowledgeChecks: readonly Check[] = [feeds, authentication];
