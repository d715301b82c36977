import { type Kysely, sql, type Transaction } from 'kysely';
import type { Entry } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

export interface PlannedChange extends Entry {
  /** For a balance row that has to be made. */
  id: string;
  allow_negative: boolean;
}

/** The changes as a set in SQL: sums and comparisons are made there, never in floating point. */
const planned = (changes: readonly PlannedChange[]) => sql`
  select item_id, site_id, location_id, lot_id, sum(quantity) as delta, bool_or(allow_negative) as allow_negative, min(id::text)::uuid as id
  from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
    as c(id uuid, item_id uuid, site_id uuid, location_id uuid, lot_id uuid, quantity numeric, allow_negative boolean)
  group by 1, 2, 3, 4`;

export interface LockedBalance {
  item_id: string;
  site_id: string;
  location_id: string;
  lot_id: string;
  on_hand: string;
  available: string;
  after: string;
  short: boolean;
  excessive: boolean;
}

/**
 * Locks the balances that the changes concern, in the order of their keys, so that two movements of the same things never
 * wait for each other in a circle; makes those that are missing. `short`: what would be left is below what is reserved; `excessive`: it has more digits than the column.
 */
export async function lockBalances(
  db: Db,
  tenantId: string,
  changes: readonly PlannedChange[],
): Promise<LockedBalance[]> {
  await sql`
    insert into balances (tenant_id, id, item_id, site_id, location_id, lot_id, allow_negative)
    select ${tenantId}::uuid, id, item_id, site_id, location_id, lot_id, allow_negative from (${planned(changes)}) p
    order by item_id, site_id, location_id, lot_id
    on conflict do nothing`.execute(db);
  const { rows } = await sql<LockedBalance>`
    select b.item_id, b.site_id, b.location_id, b.lot_id,
      trim_scale(b.on_hand)::text as on_hand,
      trim_scale(b.on_hand - b.reserved)::text as available,
      trim_scale(b.on_hand + p.delta)::text as after,
      not b.allow_negative and b.on_hand + p.delta < b.reserved as short,
      abs(b.on_hand + p.delta) >= 1e14 as excessive
    from balances b join (${planned(changes)}) p using (item_id, site_id, location_id, lot_id)
    order by b.item_id, b.site_id, b.location_id, b.lot_id
    for update of b`.execute(db);
  return rows;
}

export async function applyChanges(db: Db, changes: readonly PlannedChange[]): Promise<void> {
  await sql`
    update balances b set on_hand = b.on_hand + p.delta, updated_at = now()
    from (${planned(changes)}) p
    where (b.item_id, b.site_id, b.location_id, b.lot_id) = (p.item_id, p.site_id, p.location_id, p.lot_id)`.execute(
    db,
  );
}

/** Compares as numbers: `'5'` is `'5.00'`. */
export async function sameQuantity(db: Db, a: string, b: string): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`select ${a}::numeric = ${b}::numeric as same`.execute(db);
  return rows[0]?.same ?? false;
}
