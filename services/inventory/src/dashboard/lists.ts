import type { Dashboard } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import { sql } from 'kysely';
import { orNull } from '../ledger/place.ts';
import { type Db, type Scope, shown, uncovered, untouched } from './scope.ts';

/** The last receipt of each item that had one lately, newest first. */
export async function lastReceipts(db: Db, scope: Scope): Promise<Dashboard['lastReceipts']> {
  let receipts = db
    .selectFrom('last_receipts as r')
    .innerJoin('items as i', (join) =>
      join.onRef('i.tenant_id', '=', 'r.tenant_id').onRef('i.id', '=', 'r.item_id'),
    )
    .select(['r.item_id', 'i.sku', 'i.name', 'r.movement_id', 'r.site_id', 'r.received_at'])
    .select(decimal('r.quantity').as('quantity'))
    .where(untouched(scope, 'r'))
    // What was taken back was not received.
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('movements as v')
            .select('v.id')
            .whereRef('v.tenant_id', '=', 'r.tenant_id')
            .whereRef('v.reverses_id', '=', 'r.movement_id'),
        ),
      ),
    )
    .orderBy('r.movement_id', 'desc')
    .limit(shown);
  if (scope.siteId) receipts = receipts.where('r.site_id', '=', scope.siteId);
  return (await receipts.execute()).map((row) => ({
    itemId: row.item_id,
    sku: row.sku,
    name: row.name,
    movementId: row.movement_id,
    siteId: row.site_id,
    quantity: row.quantity,
    receivedAt: row.received_at.toISOString(),
  }));
}

/** What fell below its reorder point, the latest first. */
export async function lowStock(db: Db, scope: Scope): Promise<Dashboard['lowStock']> {
  let states = db
    .selectFrom('reorder_states as r')
    .innerJoin('items as i', (join) =>
      join.onRef('i.tenant_id', '=', 'r.tenant_id').onRef('i.id', '=', 'r.item_id'),
    )
    .select(['r.item_id', 'i.sku', 'i.name', 'r.site_id', 'r.since'])
    .select([decimal('r.available').as('available'), decimal('r.reorder_point').as('reorder_point')])
    .where('r.low', '=', true)
    .where(untouched(scope, 'r'))
    .orderBy('r.since', 'desc')
    .limit(shown);
  if (scope.siteId) states = states.where('r.site_id', '=', scope.siteId);
  return (await states.execute()).map((row) => ({
    itemId: row.item_id,
    sku: row.sku,
    name: row.name,
    siteId: orNull(row.site_id),
    available: row.available,
    reorderPoint: row.reorder_point,
    since: row.since.toISOString(),
  }));
}

const soonDays = 30;
const mostPlaces = 1_000;

type Expiring = Dashboard['expiringLots'][number];

/** Lots with stock on hand that is expired or will be soon, the first to expire first, and how many there are. */
export async function expiringLots(db: Db, scope: Scope): Promise<{ total: number; lots: Expiring[] }> {
  const site = scope.siteId === undefined ? sql`` : sql`and e.site_id = ${scope.siteId}`;
  const seen = scope.counting
    ? sql`and exists (
        select from balances b where (b.tenant_id, b.id) = (e.tenant_id, e.balance_id) and ${uncovered(scope, 'b')})`
    : sql``;
  const { rows } = await sql<Omit<Expiring, 'expiresAt'> & { expiresAt: Date; total: number }>`
    with soon as (
      select e.tenant_id, e.lot_id, e.expires_at, e.balance_id from expiring_stock e
      where e.expires_at < now() + make_interval(days => ${soonDays}) ${site} ${seen}
      order by e.expires_at limit ${mostPlaces}
    ), first as (
      select tenant_id, lot_id, expires_at, array_agg(balance_id) as places, (count(*) over ())::int as total
      from soon group by tenant_id, lot_id, expires_at order by expires_at, lot_id limit ${shown}
    )
    select l.item_id as "itemId", i.sku, i.name, f.lot_id as "lotId", l.code, f.expires_at as "expiresAt", f.total,
      (select trim_scale(sum(b.on_hand))::text from balances b
        where b.tenant_id = f.tenant_id and b.id = any (f.places)) as "onHand"
    from first f
    join lots l on (l.tenant_id, l.id) = (f.tenant_id, f.lot_id)
    join items i on (i.tenant_id, i.id) = (l.tenant_id, l.item_id)
    order by f.expires_at, f.lot_id`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    lots: rows.map(({ total: _, expiresAt, ...lot }) => ({ ...lot, expiresAt: expiresAt.toISOString() })),
  };
}
