import { removeInBatches } from '@stockade/database';
import type { CleanUp } from '@stockade/service-kit';
import { sql } from 'kysely';
import type { InventoryDb } from '../tables.ts';

const keptDays = 90;

/** What an import said of itself, long after its end; what it brought stays. */
export const oldImports: CleanUp<InventoryDb> = {
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
