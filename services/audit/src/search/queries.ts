import { type Kysely, sql, type Transaction } from 'kysely';
import type { EntryFilters } from '../entries/filters.ts';
import type { AuditDb } from '../tables.ts';
import { toQuery } from './terms.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

export interface Progress {
  /** Up to where a log's words are in the index. */
  position: number;
  /** Up to where they could be. */
  size: number;
}

export async function findProgress(db: Db, tenantId: string): Promise<Progress> {
  const row = await db
    .selectFrom('trees as t')
    .leftJoin('search_positions as p', 'p.tenant_id', 't.tenant_id')
    .select(sql<number>`t.size::float8`.as('size'))
    .select(sql<number>`coalesce(p.position, 0)::float8`.as('position'))
    .where('t.tenant_id', '=', tenantId)
    .executeTakeFirst();
  return row ?? { position: 0, size: 0 };
}

/** Until the end of the transaction nobody else moves the position. */
export async function lockPosition(trx: Transaction<AuditDb>, tenantId: string): Promise<number> {
  await trx
    .insertInto('search_positions')
    .values({ tenant_id: tenantId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await trx
    .selectFrom('search_positions')
    .select(sql<number>`position::float8`.as('position'))
    .where('tenant_id', '=', tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.position;
}

export async function readEntries(
  db: Db,
  { after, to }: { after: number; to: number },
): Promise<{ sequence: string; entry: string }[]> {
  return db
    .selectFrom('entries')
    .select(['sequence', 'entry'])
    .where('sequence', '>', String(after))
    .where('sequence', '<=', String(to))
    .orderBy('sequence')
    .execute();
}

export interface Indexed {
  sequence: string;
  occurredAt: string;
  terms: string[];
}

export async function insertTerms(db: Db, tenantId: string, rows: readonly Indexed[]): Promise<void> {
  await sql`
    insert into entry_words (tenant_id, sequence, occurred_at, words)
    select ${tenantId}::uuid, r.sequence, r."occurredAt", array_to_tsvector(array(select jsonb_array_elements_text(r.terms)))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(sequence bigint, "occurredAt" timestamptz, terms jsonb)
    on conflict do nothing`.execute(db);
}

export async function setPosition(db: Db, tenantId: string, position: number): Promise<void> {
  await db
    .updateTable('search_positions')
    .set({ position: String(position) })
    .where('tenant_id', '=', tenantId)
    .execute();
}

/** Tenants whose logs have entries that are not in the index; for the system role. */
export async function listTenantsBehind(systemDb: Db, limit: number): Promise<string[]> {
  const rows = await systemDb
    .selectFrom('trees as t')
    .leftJoin('search_positions as p', 'p.tenant_id', 't.tenant_id')
    .select('t.tenant_id')
    .where(sql<boolean>`t.size > coalesce(p.position, 0)`)
    .orderBy(sql`t.size - coalesce(p.position, 0)`)
    .limit(limit)
    .execute();
  return rows.map((row) => row.tenant_id);
}

/**
 * The entries that fit a search, as an array in SQL: the newest, one more than `limit`, below the given sequence. An array,
 * so that they are read by their keys, and not looked for among all entries.
 */
export function searched(
  tenantId: string,
  filters: EntryFilters & { search: string },
  limit: number,
  below: number | null,
) {
  const { from, to } = filters;
  return sql<
    string[]
  >`array(select search_entries(${toQuery(tenantId, filters)}, ${from ?? null}::timestamptz, ${to ?? null}::timestamptz, ${below}::bigint, ${limit + 1}::integer))`;
}
