import { holdingLocationCode } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { errors } from '@stockade/service-kit';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Conversion, InventoryDb, Place } from '../tables.ts';
import { nilId, placeKey } from './place.ts';
import { type Micro, toMicro } from './quantity.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

/** An item as a posting is judged by it. */
export interface GoodsItem {
  id: string;
  sku: string;
  unit: string;
  active: boolean;
  allow_negative: boolean;
  lot_tracked: boolean;
  conversions: Conversion[];
  /** Something is to happen when its stock falls: purchasing is told. */
  watched: boolean;
}

/** A locked balance; `onHand` and `reserved` follow what is planned. */
export interface GoodsBalance extends Place {
  id: string;
  onHand: Micro;
  reserved: Micro;
  allowNegative: boolean;
  /** Made for this posting. */
  unused: boolean;
}

type BalanceRow = Place & {
  id: string;
  on_hand: string;
  reserved: string;
  allow_negative: boolean;
  unused: boolean;
};

interface Answer {
  balances: BalanceRow[];
  items: GoodsItem[];
  sites: { id: string; code: string; active: boolean }[];
  locations: { id: string; site_id: string; code: string; active: boolean }[];
  lots: { id: string; item_id: string }[];
}

/** What a posting concerns, locked until the transaction ends. */
export interface Goods {
  item(id: string): GoodsItem;
  findItem(id: string): GoodsItem | undefined;
  findLot(id: string): { id: string; item_id: string } | undefined;
  balance(place: Place): GoodsBalance;
  findBalance(place: Place): GoodsBalance | undefined;
  /** Whether it is a site's location for goods that have to be looked at. */
  isHolding(locationId: string | undefined): boolean;
  /** 409 when the site or the location is closed. */
  checkOpen(place: Place): void;
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

/**
 * Locks the balances of these places, made where they are missing, and holds their items as they are. One statement.
 * Once in a transaction: locks taken in two goes could wait for each other in a circle.
 */
export async function lockGoods(db: Db, tenantId: string, wanted: readonly Place[]): Promise<Goods> {
  const places = [...new Map(wanted.map((place) => [placeKey(place), place])).values()];
  const column = (name: keyof Place) => sql`${places.map((place) => place[name])}::uuid[]`;
  const { rows } = await sql<{ goods: Answer }>`
    select lock_for_posting(${tenantId}, ${places.map(newId)}::uuid[], ${column('item_id')}, ${column('site_id')},
      ${column('location_id')}, ${column('lot_id')}) as goods`.execute(db);
  return toGoods(rows[0]?.goods as Answer);
}

function toGoods(answer: Answer): Goods {
  const items = byId(answer.items);
  const sites = byId(answer.sites);
  const locations = byId(answer.locations);
  const lots = byId(answer.lots);
  const balances = new Map(
    answer.balances.map(({ on_hand, reserved, allow_negative, ...balance }): [string, GoodsBalance] => [
      placeKey(balance),
      { ...balance, onHand: toMicro(on_hand), reserved: toMicro(reserved), allowNegative: allow_negative },
    ]),
  );
  const item = (id: string): GoodsItem => {
    const found = items.get(id);
    if (!found) throw errors.notFound('Item', id);
    return found;
  };
  /** Why there is no balance: something that the place names is not there, or belongs to something else. */
  const missing = (place: Place) => {
    if (!items.has(place.item_id)) return errors.notFound('Item', place.item_id);
    if (!sites.has(place.site_id)) return errors.notFound('Site', place.site_id);
    if (place.location_id !== nilId && locations.get(place.location_id)?.site_id !== place.site_id)
      return errors.notFound('The location, at that site,');
    return errors.notFound('The lot, of that item,');
  };
  return {
    item,
    findItem: (id) => items.get(id),
    findLot: (id) => lots.get(id),
    isHolding: (id) => id !== undefined && locations.get(id)?.code === holdingLocationCode,
    findBalance: (place) => balances.get(placeKey(place)),
    balance(place) {
      const found = balances.get(placeKey(place));
      if (!found) throw missing(place);
      return found;
    },
    checkOpen(place) {
      const closed = [
        { what: 'Site', found: sites.get(place.site_id) },
        { what: 'Location', found: locations.get(place.location_id) },
      ].find(({ found }) => found && !found.active);
      if (!closed) return;
      const what = `${closed.what} ${closed.found?.code}`;
      throw errors.invalidState({ what, state: 'inactive', allowed: ['active'] });
    },
  };
}

/** Holds items as they are, before it is known where they go to. Postings of the same transaction hold them again. */
export async function shareItems(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Omit<GoodsItem, 'watched' | 'allow_negative'>>> {
  if (ids.length === 0) return new Map();
  await sql`
    select pg_advisory_xact_lock_shared(hashtextextended('item ' || u.id, 0))
    from (select distinct id from unnest(${ids}::uuid[]) as u(id) order by id) u`.execute(db);
  const rows = await db
    .selectFrom('items')
    .select(['id', 'sku', 'unit', 'active', 'lot_tracked', 'conversions'])
    .where('id', 'in', ids)
    .execute();
  return byId(rows);
}

/** Holds an item for a change of what postings are judged by: waits for postings under way, lets none begin. */
export async function lockItemPolicy(db: Db, itemId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`item ${itemId}`}, 0))`.execute(db);
}
