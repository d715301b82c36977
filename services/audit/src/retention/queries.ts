import { securityEvents } from '@stockade/contracts';
import type { AuditRetention } from '@stockade/contracts/audit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;
type SettingsRow = Selectable<AuditDb['retention_settings']>;

/** As the table's defaults: seven years with their leap days. */
const usual = { readDays: 90, securityEventDays: 366, changeDays: 2_557 };

export const toRetention = (row: SettingsRow): AuditRetention => ({
  readDays: row.read_days,
  securityEventDays: row.security_event_days,
  changeDays: row.change_days,
  version: row.version,
  // The first version is the defaults: nobody set them.
  updatedAt: row.version === 1 ? null : row.updated_at.toISOString(),
});

export async function readRetention(db: Db): Promise<AuditRetention> {
  const row = await db.selectFrom('retention_settings').selectAll().executeTakeFirst();
  return row ? toRetention(row) : { ...usual, version: 1, updatedAt: null };
}

/** Locks the tenant's row, which is made of the defaults when there is none: of two first changes one waits. */
export async function lockSettings(db: Db, tenantId: string): Promise<SettingsRow> {
  await db
    .insertInto('retention_settings')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute();
  return db.selectFrom('retention_settings').selectAll().forUpdate().executeTakeFirstOrThrow();
}

export async function updateSettings(db: Db, settings: typeof usual): Promise<SettingsRow> {
  return db
    .updateTable('retention_settings')
    .set({
      read_days: settings.readDays,
      security_event_days: settings.securityEventDays,
      change_days: settings.changeDays,
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Until the end of the transaction nothing of the tenant's log is removed; waits for a removal that is under way. */
export async function lockRetention(trx: Transaction<AuditDb>): Promise<void> {
  await sql`select lock_retention()`.execute(trx);
}

/** What anybody can cause, and is told of as it happens: those entries have a time of their own. */
const sampledEvents = Object.entries(securityEvents).flatMap(([action, { recorded }]) =>
  recorded === 'sampled' ? [action] : [],
);

/** Removes the payloads of entries whose time is over and that no hold keeps; gives their sequences, in order. */
export async function removeExpired(
  trx: Transaction<AuditDb>,
  after: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ sequence: number }>`
    select sequence::float8 as sequence from remove_expired_entries(${after}, ${sampledEvents}::text[], ${limit}) as r(sequence)
    order by sequence`.execute(trx);
  return rows.map((row) => row.sequence);
}

/** Tenants who have a log, after the given one; for the system role. */
export async function listTenants(systemDb: Db, after: string, limit: number): Promise<string[]> {
  const rows = await systemDb
    .selectFrom('trees')
    .select('tenant_id')
    .where('tenant_id', '>', after)
    .orderBy('tenant_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.tenant_id);
}
