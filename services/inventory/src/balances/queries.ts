import type { Balance } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, sql, type Transaction } from 'kysely';
import { orNull } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

export interface BalanceFilters extends ListQuery {
  itemId?: string;
  siteId?: string;
  locationId?: string;
  lotId?: string;
}

/** With the row's id, which only pages need. */
export async function listBalances(db: Db, filters: BalanceFilters): Promise<(Balance & { id: string })[]> {
  let balances = applyPage(
    db
      .selectFrom('balances')
      .select(['id', 'item_id', 'site_id', 'location_id', 'lot_id'])
      .select([decimal('on_hand').as('onHand'), decimal('reserved').as('reserved')])
      .select(sql<string>`trim_scale(on_hand - reserved)::text`.as('available')),
    filters,
  );
  if (filters.itemId) balances = balances.where('item_id', '=', filters.itemId);
  if (filters.siteId) balances = balances.where('site_id', '=', filters.siteId);
  if (filters.locationId) balances = balances.where('location_id', '=', filters.locationId);
  if (filters.lotId) balances = balances.where('lot_id', '=', filters.lotId);
  const rows = await balances.execute();
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    siteId: row.site_id,
    locationId: orNull(row.location_id),
    lotId: orNull(row.lot_id),
    onHand: row.onHand,
    reserved: row.reserved,
    available: row.available,
  }));
}
