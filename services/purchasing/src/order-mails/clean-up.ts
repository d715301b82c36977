import { removeInBatches } from '@stockade/database';
import type { CleanUp } from '@stockade/service-kit';
import { sql } from 'kysely';
import type { PurchasingDb } from '../tables.ts';

const keptDays = 90;

/** How a mail was tried to be sent, long afterwards; what was sent stays with its order. */
export const oldAttempts: CleanUp<PurchasingDb> = {
  name: 'old-order-mail-attempts',
  everyMs: 3_600_000,
  run: ({ systemDb }) =>
    removeInBatches(
      systemDb,
      (limit) => sql`
        delete from order_mail_attempts where (tenant_id, id) in (
          select tenant_id, id from order_mail_attempts
          where started_at < now() - make_interval(days => ${keptDays}) limit ${limit})`,
    ),
};
