import type { Balance } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Counting } from '../cycle-counts/blindness.ts';
import { orNull } from '../ledger/place.ts';
import type { InventoryDb } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

export interface BalanceFilters extends ListQuery {
  itemId?: string;
  siteId?: string;
  locationId?: string;
  lotId?: string;
  /** Back in time, by when movements happened, not by when they were recorded. */
  asOf?: Date;
}

/** What was on hand then: what is now, without what happened since. */
const onHandAt = (asOf: Date): RawBuilder<string> => sql<string>`trim_scale(balances.on_hand - coalesce((
  select sum(e.quantity) from ledger_entries e
  where e.tenant_id = balances.tenant_id and e.balance_id = balances.id and e.occurred_at > ${asOf}), 0))::text`;

/** With the row's id, which only pages need. What the caller counts is left out. */
export async function listBalances(
  db: Db,
  { asOf, ...filters }: BalanceFilters,
  counting: Counting | null,
): Promise<(Balance & { id: string })[]> {
  let balances = applyPage(
    db
      .selectFrom('balances')
      .select(['id', 'item_id', 'site_id', 'location_id', 'lot_id'])
      .select([(asOf ? onHandAt(asOf) : decimal('on_hand')).as('onHand'), decimal('reserved').as('reserved')])
      .select(sql<string>`trim_scale(on_hand - reserved)::text`.as('available'))
      // Looking whether something can be posted makes a row too; that is no stock that ever was.
      .where('position', '>', '0'),
    filters,
  );
  if (filters.itemId) balances = balances.where('item_id', '=', filters.itemId);
  if (filters.siteId) balances = balances.where('site_id', '=', filters.siteId);
  if (filters.locationId) balances = balances.where('location_ref', '=', filters.locationId);
  if (filters.lotId) balances = balances.where('lot_ref', '=', filters.lotId);
  if (counting) balances = balances.where(unseen(counting));
  const rows = await balances.execute();
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    siteId: row.site_id,
    locationId: orNull(row.location_id),
    lotId: orNull(row.lot_id),
    onHand: row.onHand,
    reserved: asOf ? null : row.reserved,
    available: asOf ? null : row.available,
  }));
}

function unseen({ coversSql }: Counting): RawBuilder<boolean> {
  const [item, site, location] = ['item_id', 'site_id', 'location_id'].map((name) =>
    sql.ref(`balances.${name}`),
  );
  return sql<boolean>`not ${coversSql({ item, site, location } as Parameters<Counting['coversSql']>[0])}`;
}
