import type { Kysely, RawBuilder } from 'kysely';

/**
 * Removes what is over by statements of so many rows each, so that no lock is held for long. `statement` gives a DELETE
 * with that limit in it. Gives how many rows it removed.
 */
export async function removeInBatches<DB>(
  db: Kysely<DB>,
  statement: (limit: number) => RawBuilder<unknown>,
  limit = 5_000,
): Promise<number> {
  for (let removed = 0; ; ) {
    const { numAffectedRows = 0n } = await statement(limit).execute(db);
    removed += Number(numAffectedRows);
    if (numAffectedRows < limit) return removed;
  }
}
