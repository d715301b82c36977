import type { Location } from '@stockade/contracts/inventory';
import { applyPage, errors, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { InventoryDb, LocationTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type LocationRow = Selectable<LocationTable>;

export function toLocation(row: LocationRow): Location {
  return {
    id: row.id,
    siteId: row.site_id,
    code: row.code,
    name: row.name,
    active: row.active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function findLocation(db: Db, id: string): Promise<LocationRow | undefined> {
  return db.selectFrom('locations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A location where something new can be begun: 404 when the site has none such, 409 when it is closed. */
export async function findOpenLocation(db: Db, id: string, siteId: string): Promise<LocationRow> {
  const location = await findLocation(db, id);
  if (location?.site_id !== siteId) throw errors.notFound('The location, at that site,');
  if (!location.active)
    throw errors.invalidState({ what: `Location ${location.code}`, state: 'inactive', allowed: ['active'] });
  return location;
}

export async function findLocations(db: Db, ids: readonly string[]): Promise<Map<string, LocationRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('locations').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function lockLocation(db: Db, id: string): Promise<LocationRow | undefined> {
  return db.selectFrom('locations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listLocations(
  db: Db,
  { siteId, code, ...query }: ListQuery & { siteId?: string; code?: string },
): Promise<Location[]> {
  let locations = applyPage(db.selectFrom('locations').selectAll(), query);
  if (siteId !== undefined) locations = locations.where('site_id', '=', siteId);
  if (code !== undefined) locations = locations.where('code', '=', code);
  return (await locations.execute()).map(toLocation);
}

export async function insertLocation(db: Db, location: Insertable<LocationTable>): Promise<LocationRow> {
  return db.insertInto('locations').values(location).returningAll().executeTakeFirstOrThrow();
}

export async function updateLocation(
  db: Db,
  id: string,
  changes: Updateable<LocationTable>,
): Promise<LocationRow> {
  return db
    .updateTable('locations')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The location of that code at a site, made when there is none; two who make it at once get the same. */
export async function ensureLocation(
  db: Db,
  location: Insertable<LocationTable>,
): Promise<{ id: string; made: LocationRow | null }> {
  const made = await db
    .insertInto('locations')
    .values(location)
    .onConflict((conflict) => conflict.constraint('locations_code_key').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (made) return { id: made.id, made };
  const found = await db
    .selectFrom('locations')
    .select('id')
    .where('site_id', '=', location.site_id)
    .where('code', '=', location.code)
    .executeTakeFirstOrThrow();
  return { id: found.id, made: null };
}
