import { holdingLocationCode } from '@stockade/contracts/inventory';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type Micro, toMicro } from '../ledger/quantity.ts';
import type { InventoryDb, Place } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

/** Stock that can be taken: not reserved, not expired, in no closed location, and not held to be looked at. */
export interface Pickable extends Place {
  id: string;
  available: Micro;
  expiresAt: Date | null;
}

export interface StockFilter {
  itemIds: readonly string[];
  siteId: string;
  /** Who names the holding location may take what is there. */
  locationId?: string | undefined;
  /** Who names a lot may take it although it has expired. */
  lotId?: string | undefined;
  /** `oldest` unless told. */
  order?: PickOrder;
}

/** Of places whose goods expire at the same time those with the oldest stock come first, or those with the most. */
export type PickOrder = 'oldest' | 'fewest-places';

/** More places than this, for each item, are not looked at for one pick. */
const most = 1_000;

/**
 * What is available at a site, in the order of first expired, first out; of equal ones, and without a date, as `order`
 * says. With `lock` the balances are held until the transaction ends, in the order that postings lock them.
 */
export async function listPickable(
  db: Db,
  { itemIds, siteId, locationId, lotId, order = 'oldest' }: StockFilter,
  now: Date,
  lock = false,
): Promise<Pickable[]> {
  let chosen = db
    .selectFrom('balances as b')
    .leftJoin('lots as l', (join) =>
      join.onRef('l.tenant_id', '=', 'b.tenant_id').onRef('l.id', '=', 'b.lot_ref'),
    )
    .leftJoin('locations as p', (join) =>
      join.onRef('p.tenant_id', '=', 'b.tenant_id').onRef('p.id', '=', 'b.location_ref'),
    )
    .select(['b.id', 'l.expires_at'])
    .where('b.item_id', 'in', itemIds)
    .where('b.site_id', '=', siteId)
    .whereRef('b.on_hand', '>', 'b.reserved')
    .where((is) => is.or([is('p.id', 'is', null), is('p.active', '=', true)]))
    .orderBy('l.expires_at', (order) => order.asc().nullsLast())
    .orderBy('b.id')
    .limit(most * itemIds.length);
  chosen = locationId
    ? chosen.where('b.location_id', '=', locationId)
    : chosen.where((is) => is.or([is('p.id', 'is', null), is('p.code', '<>', holdingLocationCode)]));
  chosen = lotId
    ? chosen.where('b.lot_id', '=', lotId)
    : chosen.where((is) => is.or([is('l.expires_at', 'is', null), is('l.expires_at', '>', now)]));
  let stock = db
    .selectFrom('balances as b')
    .innerJoin(chosen.as('c'), 'c.id', 'b.id')
    .select(['b.id', 'b.item_id', 'b.site_id', 'b.location_id', 'b.lot_id', 'c.expires_at'])
    .select(sql<string>`trim_scale(b.on_hand - b.reserved)::text`.as('available'))
    .whereRef('b.on_hand', '>', 'b.reserved')
    .orderBy('b.item_id')
    .orderBy('b.location_id')
    .orderBy('b.lot_id');
  if (lock) stock = stock.forNoKeyUpdate('b');
  const rows = await stock.execute();
  return rows
    .map(({ available, expires_at, ...row }) => ({
      ...row,
      available: toMicro(available),
      expiresAt: expires_at,
    }))
    .sort(byExpiry(order));
}

const never = Number.POSITIVE_INFINITY;

const byExpiry = (order: PickOrder) => (a: Pickable, b: Pickable) => {
  const [first, second] = [a.expiresAt?.getTime() ?? never, b.expiresAt?.getTime() ?? never];
  if (first !== second) return first - second;
  if (order === 'fewest-places' && a.available !== b.available) return a.available > b.available ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};
