import type { Supplier } from '@stockade/contracts/purchasing';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { PurchasingDb, SupplierTable } from '../tables.ts';

type Db = Kysely<PurchasingDb> | Transaction<PurchasingDb>;
export type SupplierRow = Selectable<SupplierTable>;

export function toSupplier(row: SupplierRow): Supplier {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    mailDomains: row.mail_domains,
    contacts: row.contacts,
    currency: row.currency,
    active: row.active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findSupplier(db: Db, id: string): Promise<SupplierRow | undefined> {
  return db.selectFrom('suppliers').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockSupplier(db: Db, id: string): Promise<SupplierRow | undefined> {
  return db.selectFrom('suppliers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

interface SupplierFilters extends ListQuery {
  search?: string;
  code?: string;
  active?: boolean;
}

export async function listSuppliers(
  db: Db,
  { search, code, active, ...query }: SupplierFilters,
): Promise<Supplier[]> {
  let suppliers = applyPage(db.selectFrom('suppliers').selectAll(), query);
  if (code !== undefined) suppliers = suppliers.where('code', '=', code);
  if (active !== undefined) suppliers = suppliers.where('active', '=', active);
  // position() knows no wildcards: what is searched for is taken as it is.
  if (search)
    suppliers = suppliers.where(
      sql<boolean>`position(${search.toLowerCase()} in lower(code || ' ' || name)) > 0`,
    );
  return (await suppliers.execute()).map(toSupplier);
}

export async function insertSupplier(db: Db, supplier: Insertable<SupplierTable>): Promise<SupplierRow> {
  return db.insertInto('suppliers').values(supplier).returningAll().executeTakeFirstOrThrow();
}

export async function updateSupplier(
  db: Db,
  id: string,
  changes: Updateable<SupplierTable>,
): Promise<SupplierRow> {
  return db
    .updateTable('suppliers')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
