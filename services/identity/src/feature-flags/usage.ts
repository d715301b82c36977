import { flagsEvaluated } from '@stockade/contracts';
import { consumer, on, type Work } from '@stockade/messaging';
import type { IdentityDb } from '../tables.ts';
import { addUsage } from './queries.ts';

/** Adds up how often the services ask for flags. */
export const usageConsumer = consumer<IdentityDb>('identity', [
  on(flagsEvaluated, (work: Work<IdentityDb>, { payload: { service, flags } }) =>
    addUsage(work.trx, service, flags),
  ),
]);
