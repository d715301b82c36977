import type { SiteListQuery } from '@stockade/contracts/inventory';
import { applyPage, errors } from '@stockade/service-kit';
import { type Insertable, sql, type Transaction } from 'kysely';
import type { Static } from 'typebox';
import type { InventoryDb, SiteTable } from '../tables.ts';

type Trx = Transaction<InventoryDb>;

const columns = [
  'id',
  'code',
  'name',
  'time_zone as timeZone',
  'active',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'version',
] as const;

export type SiteRow = Awaited<ReturnType<typeof getSite>>;

export async function getSite(trx: Trx, id: string) {
  const row = await trx.selectFrom('sites').select(columns).where('id', '=', id).executeTakeFirst();
  if (!row) throw errors.notFound('Site', id);
  return row;
}

export async function lockSite(trx: Trx, id: string): Promise<SiteRow> {
  const row = await trx
    .selectFrom('sites')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw errors.notFound('Site', id);
  return row;
}

export function listSites(trx: Trx, query: Static<typeof SiteListQuery>): Promise<SiteRow[]> {
  let select = trx.selectFrom('sites').select(columns);
  if (query.code !== undefined) select = select.where('code', '=', query.code);
  if (query.active !== undefined) select = select.where('active', '=', query.active);
  return applyPage(select, query).execute();
}

export function insertSite(trx: Trx, site: Insertable<SiteTable>): Promise<SiteRow> {
  return trx.insertInto('sites').values(site).returning(columns).executeTakeFirstOrThrow();
}

export function updateSite(
  trx: Trx,
  id: string,
  site: Pick<SiteRow, 'name' | 'timeZone' | 'active'>,
): Promise<SiteRow> {
  return trx
    .updateTable('sites')
    .set({
      name: site.name,
      time_zone: site.timeZone,
      active: site.active,
      updated_at: sql`now()`,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}
