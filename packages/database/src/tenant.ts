import { type Kysely, sql, type Transaction } from 'kysely';
import { isConnectionLoss, isRetryable } from './errors.ts';
import { retried } from './retry.ts';

export interface TenantTransactionOptions {
  readOnly?: boolean;
  /** It may run again although it was committed: it knows by itself what was done already, such as by an idempotency key. */
  repeatable?: boolean;
}

/**
 * Runs `work` in one transaction that sees `tenantId`'s rows and no others. The setting is local to the transaction, so
 * that it also holds behind PgBouncer's transaction mode. After a deadlock, a serialisation failure or a lost connection the
 * whole work is run again (`retried`): it must have no effect outside of its transaction. When the connection was lost at
 * the commit, it is open whether that was carried out: then only what is `readOnly` or `repeatable` is run again.
 */
export function inTenant<DB, T>(
  db: Kysely<DB>,
  tenantId: string,
  work: (trx: Transaction<DB>) => Promise<T>,
  { readOnly = false, repeatable = readOnly }: TenantTransactionOptions = {},
): Promise<T> {
  let isCommitting = false;
  const once = () => {
    isCommitting = false;
    const transaction = db.transaction();
    return (readOnly ? transaction.setAccessMode('read only') : transaction).execute(async (trx) => {
      await sql`select set_config('app.tenant_id', ${tenantId}, true)`.execute(trx);
      const result = await work(trx);
      isCommitting = true;
      return result;
    });
  };
  return retried(
    once,
    (error) => isRetryable(error) || (isConnectionLoss(error) && (!isCommitting || repeatable)),
  );
}
