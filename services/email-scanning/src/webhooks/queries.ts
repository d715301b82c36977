import type { Kysely, Transaction } from 'kysely';
import type { SourceSettings } from '../sources/tables.ts';
import type { EmailScanningDb } from '../tables.ts';

export interface Webhook {
  tenant_id: string;
  id: string;
  name: string;
  settings: SourceSettings;
  secret: Buffer | null;
  previous_secret: Buffer | null;
  previous_secret_until: Date | null;
}

/** Of whatever tenant: the call says no more than the source's id. For the system role. */
export async function findWebhook(
  systemDb: Kysely<EmailScanningDb>,
  id: string,
): Promise<Webhook | undefined> {
  return systemDb
    .selectFrom('sources')
    .select(['tenant_id', 'id', 'name', 'settings', 'secret', 'previous_secret', 'previous_secret_until'])
    .where('id', '=', id)
    .where('kind', '=', 'webhook')
    .where('active', '=', true)
    .executeTakeFirst();
}

/** Takes a signature, once: false when it was taken before. */
export async function takeSignature(
  trx: Transaction<EmailScanningDb>,
  row: { tenant_id: string; source_id: string; signature: Buffer; expires_at: Date },
): Promise<boolean> {
  const taken = await trx
    .insertInto('webhook_signatures')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return taken.numInsertedOrUpdatedRows === 1n;
}

/** Across tenants; for the system role. */
export async function forgetSignatures(systemDb: Kysely<EmailScanningDb>, now: Date): Promise<number> {
  const { numDeletedRows } = await systemDb
    .deleteFrom('webhook_signatures')
    .where('expires_at', '<', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
