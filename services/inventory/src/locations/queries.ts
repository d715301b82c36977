import type { LocationListQuery } from '@stockade/contracts/inventory';
import { applyPage, errors } from '@stockade/service-kit';
import { type Insertable, sql, type Transaction } from 'kysely';
import type { Static } from 'typebox';
import type { InventoryDb, LocationTable } from '../tables.ts';

type Trx = Transaction<InventoryDb>;

const columns = [
  'id',
  'site_id as siteId',
  'code',
  'name',
  'active',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'version',
] as const;

export type LocationRow = Awaited<ReturnType<typeof getLocation>>;

export async function getLocation(trx: Trx, id: string) {
  const row = await trx.selectFrom('locations').select(columns).where('id', '=', id).executeTakeFirst();
  if (!row) throw errors.notFound('Location', id);
  return row;
}

export async function lockLocation(trx: Trx, id: string): Promise<LocationRow> {
  const select = trx.selectFrom('locations').select(columns).where('id', '=', id);
  const row = await select.forUpdate().executeTakeFirst();
  if (!row) throw errors.notFound('Location', id);
  return row;
}

export function listLocations(trx: Trx, query: Static<typeof LocationListQuery>): Promise<LocationRow[]> {
  let select = trx.selectFrom('locations').select(columns);
  if (query.siteId !== undefined) select = select.where('site_id', '=', query.siteId);
  if (query.code !== undefined) select = select.where('code', '=', query.code);
  if (query.active !== undefined) select = select.where('active', '=', query.active);
  return applyPage(select, query).execute();
}

export function insertLocation(trx: Trx, location: Insertable<LocationTable>): Promise<LocationRow> {
  return trx.insertInto('locations').values(location).returning(columns).executeTakeFirstOrThrow();
}

/** Gives nothing when the site has a location of that code already. */
export function insertLocationOnce(
  trx: Trx,
  location: Insertable<LocationTable>,
): Promise<LocationRow | undefined> {
  return trx
    .insertInto('locations')
    .values(location)
    .onConflict((conflict) => conflict.constraint('locations_code_key').doNothing())
    .returning(columns)
    .executeTakeFirst();
}

export function findLocationByCode(trx: Trx, siteId: string, code: string): Promise<LocationRow | undefined> {
  return trx
    .selectFrom('locations')
    .select(columns)
    .where('site_id', '=', siteId)
    .where('code', '=', code)
    .executeTakeFirst();
}

export function updateLocation(
  trx: Trx,
  id: string,
  { name, active }: Pick<LocationRow, 'name' | 'active'>,
): Promise<LocationRow> {
  return trx
    .updateTable('locations')
    .set({ name, active, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
