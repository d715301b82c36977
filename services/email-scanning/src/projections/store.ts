import type { Work } from '@stockade/messaging';
import { type Kysely, sql } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';

type Copied = 'suppliers' | 'bank_accounts' | 'orders' | 'users' | 'tenants';

interface Source {
  aggregateId: string;
  aggregateVersion: number;
}

/** Writes a copy unless a newer one is there: events come in any order, and more than once. */
export async function storeCopy(
  work: Work<EmailScanningDb>,
  table: Copied,
  { aggregateId, aggregateVersion }: Source,
  fields: Record<string, unknown>,
): Promise<void> {
  // The five tables differ in their columns alone, which the event's contract has checked.
  const db = work.trx as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const newer = { ...fields, version: aggregateVersion };
  await db
    .insertInto(table)
    .values({ tenant_id: work.tenantId, id: aggregateId, ...newer })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'id'])
        .doUpdateSet(newer)
        .where(sql.ref(`${table}.version`), '<', aggregateVersion),
    )
    .execute();
}
