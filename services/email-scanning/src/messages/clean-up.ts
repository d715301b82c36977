import { removeInBatches } from '@stockade/database';
import type { CleanUp } from '@stockade/service-kit';
import { sql } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

/** Each has its sealed body with it. */
const batch = 500;

/**
 * Raw mail past its time, quarantined or not: what was found in it, and what was decided, stays. Of a bucket the name
 * goes here, and the object with the next clean-up of objects that nobody names.
 */
export const oldRawMail = (days: number): CleanUp<EmailScanningDb> => ({
  name: 'old-raw-mail',
  everyMs: 3_600_000,
  run: ({ systemDb }) =>
    removeInBatches(
      systemDb,
      (limit) => sql`
        delete from raw_messages where (tenant_id, message_id) in (
          select tenant_id, message_id from raw_messages
          where stored_at < now() - make_interval(days => ${days}) order by stored_at limit ${limit})`,
      batch,
    ),
});
