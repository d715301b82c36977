import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isRetryable } from './errors.ts';

export interface TenantTransactionOptions {
  readOnly?: boolean;
}

const retryDelaysMs = [100, 200, 400, 800];

/**
 * Runs `work` in one transaction that sees `tenantId`'s rows and no others. The setting is local to the transaction, so
 * that it also holds behind PgBouncer's transaction mode. After a deadlock or a serialisation failure the whole work
 * is run again (at most four times, with jitter): it must have no effect outside of its transaction.
 */
export async function inTenant<DB, T>(
  db: Kysely<DB>,
  tenantId: string,
  work: (trx: Transaction<DB>) => Promise<T>,
  { readOnly = false }: TenantTransactionOptions = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await runOnce(db, tenantId, work, readOnly);
    } catch (error) {
      const wait = retryDelaysMs[attempt];
      if (wait === undefined || !isRetryable(error)) throw error;
      await delay(wait * (0.5 + Math.random()));
    }
  }
}

function runOnce<DB, T>(
  db: Kysely<DB>,
  tenantId: string,
  work: (trx: Transaction<DB>) => Promise<T>,
  readOnly: boolean,
): Promise<T> {
  const transaction = db.transaction();
  return (readOnly ? transaction.setAccessMode('read only') : transaction).execute(async (trx) => {
    await sql`select set_config('app.tenant_id', ${tenantId}, true)`.execute(trx);
    return work(trx);
  });
}
