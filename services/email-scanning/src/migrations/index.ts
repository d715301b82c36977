import type { Migration } from '@stockade/database';
import { messages } from './0001-messages.ts';
import { projections } from './0002-projections.ts';
import { sources } from './0003-sources.ts';
import { feeds } from './0004-feeds.ts';
import { history } from './0005-history.ts';
import { sentMessages } from './0006-sent-messages.ts';
import { featureFlags } from './0007-feature-flags.ts';
import { encryption } from './0008-encryption.ts';
import { cleanUp } from './0009-clean-up.ts';

export const migrations: readonly Migration[] = [
  messages,
  projections,
  sources,
  feeds,
  history,
  sentMessages,
  featureFlags,
  encryption,
  cleanUp,
];
