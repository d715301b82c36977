import type { Migration } from '@stockade/database';
import { masterData } from './0001-master-data.ts';
import { ledger } from './0002-ledger.ts';
import { postings } from './0003-postings.ts';
import { postingFunctions } from './0004-posting-functions.ts';
import { reordering } from './0005-reordering.ts';
import { reservationsAndTransfers } from './0006-reservations-and-transfers.ts';
import { countsAndProduction } from './0007-counts-and-production.ts';
import { dataAndSearch } from './0008-data-and-search.ts';
import { backgroundJobs } from './0009-background-jobs.ts';
import { featureFlags } from './0010-feature-flags.ts';
import { cleanUp } from './0011-clean-up.ts';

export const migrations: readonly Migration[] = [
  masterData,
  ledger,
  postings,
  postingFunctions,
  reordering,
  reservationsAndTransfers,
  countsAndProduction,
  dataAndSearch,
  backgroundJobs,
  featureFlags,
  cleanUp,
];
