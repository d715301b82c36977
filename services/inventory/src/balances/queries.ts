import type { BalanceListQuery } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage } from '@stockade/service-kit';
import { sql, type Transaction } from 'kysely';
import type { Static } from 'typebox';
import type { StockState } from '../items/rules.ts';
import type { InventoryDb } from '../tables.ts';

type Trx = Transaction<InventoryDb>;

export function listBalances(trx: Trx, query: Static<typeof BalanceListQuery>) {
  const { itemId, siteId, locationId, lotId } = query;
  let select = trx
    .selectFrom('balances')
    .select([
      'id',
      'item_id as itemId',
      'site_id as siteId',
      'location_id as locationId',
      'lot_id as lotId',
      decimal('on_hand').as('onHand'),
      decimal('reserved').as('reserved'),
      sql<string>`trim_scale(on_hand - reserved)::text`.as('available'),
      'updated_at as updatedAt',
      'version',
    ]);
  if (itemId !== undefined) select = select.where('item_id', '=', itemId);
  if (siteId !== undefined) select = select.where('site_id', '=', siteId);
  if (locationId !== undefined) select = select.where('location_id', '=', locationId);
  if (lotId !== undefined) select = select.where('lot_id', '=', lotId);
  return applyPage(select, query).execute();
}

export async function findStockState(trx: Trx, itemId: string): Promise<StockState> {
  const state = await trx
    .selectFrom('balances')
    .select([
      sql<boolean>`coalesce(bool_or(on_hand <> 0), false)`.as('hasStock'),
      sql<boolean>`coalesce(bool_or(on_hand < 0 or reserved > on_hand), false)`.as('hasNegative'),
    ])
    .where('item_id', '=', itemId)
    .executeTakeFirstOrThrow();
  return state;
}

export async function allowNegativeBalances(trx: Trx, itemId: string, allowed: boolean): Promise<void> {
  await trx.updateTable('balances').set({ allow_negative: allowed }).where('item_id', '=', itemId).execute();
}
