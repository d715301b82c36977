import type { Caller, Work } from '@stockade/messaging';
import { errors } from '@stockade/service-kit';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { nilId } from '../ledger/place.ts';
import { StockRefusal } from '../ledger/refusals.ts';
import type { InventoryDb, Place } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

/** What somebody counts at this moment, and so must not be told by any answer. */
export interface Counting {
  /** When the last of these counts began. */
  since: Date;
  covers(place: Place): boolean;
  /** Whether any of an item's stock at a site, or at a location of it, is covered. */
  touches(stock: { itemId: string; siteId: string; locationId?: string | undefined }): boolean;
  /** SQL: whether a place is covered. Give the columns, `null` or nil where there is no location. */
  coversSql(columns: {
    item: RawBuilder<unknown>;
    site: RawBuilder<unknown>;
    location: RawBuilder<unknown>;
  }): RawBuilder<boolean>;
  /** SQL: whether any of an item's stock is covered, at a site or (nil) at all of them. */
  touchesSql(columns: { item: RawBuilder<unknown>; site: RawBuilder<unknown> }): RawBuilder<boolean>;
}

/**
 * The stock that the human behind the call counts: all of a count's site, location and items from its start to its
 * decision, so that stock that turns up meanwhile is covered too. Null when there is none, as for nearly everybody.
 */
export async function countingOf(db: Db, caller: Caller): Promise<Counting | null> {
  if (!caller.personId) return null;
  const counts = await db
    .selectFrom('cycle_counts')
    .select(['id', 'site_id', 'location_id', 'item_ids', 'started_at'])
    .where('status', 'in', ['counting', 'submitted'])
    .where(sql<boolean>`counters @> array[${caller.personId}::uuid]`)
    .execute();
  if (counts.length === 0) return null;
  return {
    since: new Date(Math.max(...counts.map(({ started_at }) => started_at?.getTime() ?? 0))),
    touches: ({ itemId, siteId, locationId }) =>
      counts.some(
        (count) =>
          count.site_id === siteId &&
          (locationId === undefined || count.location_id === null || count.location_id === locationId) &&
          (count.item_ids === null || count.item_ids.includes(itemId)),
      ),
    covers: ({ item_id, site_id, location_id }) =>
      counts.some(
        (count) =>
          count.site_id === site_id &&
          (count.location_id === null || count.location_id === location_id) &&
          (count.item_ids === null || count.item_ids.includes(item_id)),
      ),
    coversSql: ({ item, site, location }) => sql<boolean>`exists (
      select from cycle_counts c
      where c.id = any (${counts.map((count) => count.id)}::uuid[]) and c.site_id = ${site}
        and (c.location_id is null or c.location_id = ${location})
        and (c.item_ids is null or ${item} = any (c.item_ids)))`,
    touchesSql: ({ item, site }) => sql<boolean>`exists (
      select from cycle_counts c
      where c.id = any (${counts.map((count) => count.id)}::uuid[]) and ${site} in (c.site_id, ${nilId}::uuid)
        and (c.item_ids is null or ${item} = any (c.item_ids)))`,
  };
}

/**
 * Runs what judges stock. A refusal does not tell the figures to who counts them; of several movements it does not even
 * tell which one failed: put before one that fails in any case, a guess would be answered without a trace.
 */
export async function withoutFigures<T>(
  { trx, caller }: Pick<Work<InventoryDb>, 'trx' | 'caller'>,
  judge: () => T | Promise<T>,
): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof StockRefusal)) throw error;
    const counting = await countingOf(trx, caller);
    if (counting && error.together?.some(counting.covers))
      throw errors.insufficientStock('There is not enough stock for all of this.', {});
    throw counting?.covers(error.place) ? error.blind : error;
  }
}

/** Whether a guess is right is a figure too. */
export async function checkGuesses(
  { trx, caller }: Pick<Work<InventoryDb>, 'trx' | 'caller'>,
  guessed: readonly Place[],
): Promise<void> {
  if (guessed.length === 0) return;
  const counting = await countingOf(trx, caller);
  if (guessed.some((place) => counting?.covers(place)))
    throw errors.conflict(
      'You are counting this stock: post it without expectedOnHand, or let somebody else.',
    );
}
