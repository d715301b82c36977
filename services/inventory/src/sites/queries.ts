import type { Site } from '@stockade/contracts/inventory';
import { applyPage, errors, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { InventoryDb, SiteTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type SiteRow = Selectable<SiteTable>;

export function toSite(row: SiteRow): Site {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    timeZone: row.time_zone,
    active: row.active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findSite(db: Db, id: string): Promise<SiteRow | undefined> {
  return db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A site where something new can be begun: 404 when there is none, 409 when it is closed. */
export async function findOpenSite(db: Db, id: string): Promise<SiteRow> {
  const site = await findSite(db, id);
  if (!site) throw errors.notFound('Site', id);
  if (!site.active)
    throw errors.invalidState({ what: `Site ${site.code}`, state: 'inactive', allowed: ['active'] });
  return site;
}

export async function lockSite(db: Db, id: string): Promise<SiteRow | undefined> {
  return db.selectFrom('sites').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listSites(
  db: Db,
  { code, active, ...query }: ListQuery & { code?: string; active?: boolean },
): Promise<Site[]> {
  let sites = applyPage(db.selectFrom('sites').selectAll(), query);
  if (code !== undefined) sites = sites.where('code', '=', code);
  if (active !== undefined) sites = sites.where('active', '=', active);
  return (await sites.execute()).map(toSite);
}

export async function insertSite(db: Db, site: Insertable<SiteTable>): Promise<SiteRow> {
  return db.insertInto('sites').values(site).returningAll().executeTakeFirstOrThrow();
}

export async function updateSite(db: Db, id: string, changes: Updateable<SiteTable>): Promise<SiteRow> {
  return db
    .updateTable('sites')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
