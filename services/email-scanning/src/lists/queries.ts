import type { ListEntry as Entry } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ListEntry } from '../engine/index.ts';
import type { EmailScanningDb } from '../tables.ts';
import type { ListTables } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
export type EntryRow = Selectable<ListTables['list_entries']>;

export const toEntry = (row: EntryRow): Entry => ({
  id: row.id,
  effect: row.effect,
  kind: row.kind,
  value: row.value,
  note: row.note,
  expiresAt: row.expires_at?.toISOString() ?? null,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function findEntry(db: Db, id: string): Promise<EntryRow | undefined> {
  return db.selectFrom('list_entries').selectAll().where('id', '=', id).executeTakeFirst();
}

interface EntryFilters extends ListQuery {
  effect?: Entry['effect'];
  kind?: Entry['kind'];
  search?: string;
}

export async function listEntries(
  db: Db,
  { effect, kind, search, ...query }: EntryFilters,
): Promise<Entry[]> {
  let entries = applyPage(db.selectFrom('list_entries').selectAll(), query);
  if (effect) entries = entries.where('effect', '=', effect);
  if (kind) entries = entries.where('kind', '=', kind);
  // position() knows no wildcards: what is searched for is taken as it is.
  if (search) entries = entries.where(sql<boolean>`position(${search.toLowerCase()} in value) > 0`);
  return (await entries.execute()).map(toEntry);
}

/** What counts now, as the engine takes it; part of what the tenant knows. */
export async function activeEntries(db: Db, now: Date): Promise<ListEntry[]> {
  return db
    .selectFrom('list_entries')
    .select(['id', 'effect', 'kind', 'value'])
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('id')
    .execute();
}

/** Of two who add at once one waits, so that what is counted is exact. */
export async function lockAndCount(db: Db, tenantId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mail list ${tenantId}`}, 0))`.execute(db);
  const row = await db
    .selectFrom('list_entries')
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirst();
  return row?.n ?? 0;
}

export async function insertEntry(db: Db, entry: Insertable<ListTables['list_entries']>): Promise<EntryRow> {
  return db.insertInto('list_entries').values(entry).returningAll().executeTakeFirstOrThrow();
}

export async function lockEntry(db: Db, id: string): Promise<EntryRow | undefined> {
  return db.selectFrom('list_entries').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function deleteEntry(db: Db, id: string): Promise<void> {
  await db.deleteFrom('list_entries').where('id', '=', id).execute();
}

/** Removes entries whose time is over, and gives them. */
export async function deleteExpired(db: Db, now: Date, limit: number): Promise<EntryRow[]> {
  return db
    .deleteFrom('list_entries')
    .where('id', 'in', (select) =>
      select
        .selectFrom('list_entries')
        .select('id')
        .where('expires_at', '<=', now)
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();
}

/** Tenants who have entries whose time is over; for the system role. */
export async function tenantsWithExpired(systemDb: Db, now: Date): Promise<string[]> {
  const rows = await systemDb
    .selectFrom('list_entries')
    .select('tenant_id')
    .distinct()
    .where('expires_at', '<=', now)
    .limit(100)
    .execute();
  return rows.map((row) => row.tenant_id);
}
