import { removeInBatches } from '@stockade/database';
import { sql } from 'kysely';
import type { CleanUp } from '../tasks.ts';

const keptDays = 90;

/** What an import (a row of `imports`, with finished_at) said of itself, long after its end; what it brought stays. */
// biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own
export const oldImports: CleanUp<any> = {
  name: 'old-imports',
  everyMs: 3_600_000,
  run: ({ systemDb }) =>
    removeInBatches(
      systemDb,
      (limit) => sql`
        delete from imports where (tenant_id, id) in (
          select tenant_id, id from imports
          where finished_at < now() - make_interval(days => ${keptDays}) limit ${limit})`,
    ),
};
