import type { TenantMode } from '@stockade/contracts';
import type { Tenant } from '@stockade/contracts/identity';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { IdentityDb, TenantTable } from '../tables.ts';

type Db = Kysely<IdentityDb> | Transaction<IdentityDb>;
export type TenantRow = Selectable<TenantTable>;

export function toTenant(row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    mode: row.mode,
    mailDomains: row.mail_domains,
    planFactor: row.plan_factor,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The transaction's own tenant: row-level security shows no other. */
export async function findTenant(db: Db): Promise<Tenant | undefined> {
  const row = await db.selectFrom('tenants').selectAll().executeTakeFirst();
  return row && toTenant(row);
}

/** Whether the transaction's tenant is live. Asked here, not of the caller's token, which may be of before there were others. */
export async function readMode(db: Db): Promise<TenantMode> {
  return (await db.selectFrom('tenants').select('mode').executeTakeFirst())?.mode ?? 'live';
}

export async function lockTenant(db: Db): Promise<TenantRow | undefined> {
  return db.selectFrom('tenants').selectAll().forUpdate().executeTakeFirst();
}

/** Across tenants, by the system role. */
export async function listTenants(systemDb: Db, query: ListQuery): Promise<Tenant[]> {
  return (await applyPage(systemDb.selectFrom('tenants').selectAll(), query).execute()).map(toTenant);
}

export async function insertTenant(
  db: Db,
  tenant: Pick<TenantRow, 'id' | 'name' | 'mode' | 'plan_factor'>,
): Promise<TenantRow> {
  return db
    .insertInto('tenants')
    .values({ tenant_id: tenant.id, ...tenant })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export type TenantChanges = Partial<Pick<TenantRow, 'name' | 'mail_domains' | 'plan_factor'>>;

export async function updateTenant(db: Db, changes: TenantChanges): Promise<TenantRow> {
  return db
    .updateTable('tenants')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .returningAll()
    .executeTakeFirstOrThrow();
}
