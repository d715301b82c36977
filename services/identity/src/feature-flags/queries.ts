import type { FlagTargeting } from '@stockade/contracts/identity';
import { cursorId, type ListQuery, pageLimit } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { FeatureFlagTables, IdentityDb } from '../tables.ts';

type Db = Kysely<IdentityDb> | Transaction<IdentityDb>;
export type PlatformRow = Selectable<FeatureFlagTables['platform_feature_flags']>;
export type TenantRow = Selectable<FeatureFlagTables['feature_flags']>;

const json = (targeting: FlagTargeting | null) => (targeting === null ? null : JSON.stringify(targeting));

export async function listPlatformRows(db: Db): Promise<Map<string, PlatformRow>> {
  const rows = await db.selectFrom('platform_feature_flags').selectAll().execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Of the transaction's tenant. */
export async function listTenantRows(db: Db): Promise<Map<string, TenantRow>> {
  const rows = await db.selectFrom('feature_flags').selectAll().execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Locks the row, which is made saying nothing when there is none: of two first changes one waits. */
export async function lockPlatformRow(db: Db, key: string): Promise<PlatformRow> {
  await db
    .insertInto('platform_feature_flags')
    .values({ key, pinned: null, by_operator: null })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return db
    .selectFrom('platform_feature_flags')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function updatePlatformRow(
  db: Db,
  key: string,
  { pinned, by_operator }: Pick<PlatformRow, 'pinned' | 'by_operator'>,
): Promise<PlatformRow> {
  return db
    .updateTable('platform_feature_flags')
    .set({ pinned, by_operator: json(by_operator), version: sql`version + 1`, updated_at: sql`now()` })
    .where('key', '=', key)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** As `lockPlatformRow`, of the transaction's tenant. */
export async function lockTenantRow(db: Db, tenantId: string, key: string): Promise<TenantRow> {
  await db
    .insertInto('feature_flags')
    .values({ tenant_id: tenantId, key, by_operator: null, by_tenant: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doNothing())
    .execute();
  return db
    .selectFrom('feature_flags')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function updateTenantRow(
  db: Db,
  key: string,
  { by_operator, by_tenant }: Pick<TenantRow, 'by_operator' | 'by_tenant'>,
): Promise<TenantRow> {
  return db
    .updateTable('feature_flags')
    .set({
      by_operator: json(by_operator),
      by_tenant: json(by_tenant),
      version: sql`version + 1`,
      updated_at: sql`now()`,
    })
    .where('key', '=', key)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Those of these users that the transaction's tenant has. */
export async function findUserIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('users').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

export interface Usage {
  evaluations: number;
  last_evaluated_at: Date | null;
  /** Tenants for which something is said. */
  tenants: number;
  tenants_changed_at: Date | null;
}

/** How flags are used, across tenants; for the system role. */
export async function readUsage(systemDb: Kysely<IdentityDb>): Promise<Map<string, Usage>> {
  const { rows } = await sql<Usage & { key: string }>`
    select key, coalesce(u.evaluations, 0)::float8 as evaluations, u.last_evaluated_at,
      coalesce(t.tenants, 0)::int as tenants, t.tenants_changed_at
    from (select key, sum(evaluations) as evaluations, max(last_evaluated_at) as last_evaluated_at
          from feature_flag_usage group by key) u
    full join (select key, max(updated_at) as tenants_changed_at,
            count(*) filter (where by_operator is not null or by_tenant is not null) as tenants
          from feature_flags group by key) t using (key)`.execute(systemDb);
  return new Map(rows.map(({ key, ...usage }) => [key, usage]));
}

/** Adds what a process of a service counted. */
export async function addUsage(
  db: Db,
  service: string,
  flags: readonly { flagKey: string; evaluations: number; lastEvaluatedAt: string }[],
): Promise<void> {
  // In one order for all: two processes may tell of the same flags at once.
  for (const { flagKey, evaluations, lastEvaluatedAt } of flags.toSorted((a, b) =>
    a.flagKey < b.flagKey ? -1 : 1,
  ))
    await sql`
      insert into feature_flag_usage as u (key, service, evaluations, last_evaluated_at)
      values (${flagKey}, ${service}, ${evaluations}, ${lastEvaluatedAt})
      on conflict (key, service) do update set evaluations = u.evaluations + excluded.evaluations,
        last_evaluated_at = greatest(u.last_evaluated_at, excluded.last_evaluated_at)`.execute(db);
}

/** Tenants for which the operator decides otherwise, newest tenant first; for the system role. */
export async function listOverrides(
  systemDb: Kysely<IdentityDb>,
  key: string,
  query: ListQuery,
): Promise<TenantRow[]> {
  const after = cursorId(query);
  let rows = systemDb
    .selectFrom('feature_flags')
    .selectAll()
    .where('key', '=', key)
    .where('by_operator', 'is not', null)
    .orderBy('tenant_id', 'desc')
    .limit(pageLimit(query) + 1);
  if (after !== null) rows = rows.where('tenant_id', '<', after);
  return rows.execute();
}
