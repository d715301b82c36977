import type { Reservation } from '@stockade/contracts/inventory';
import { decimal } from '@stockade/database';
import type { Caller } from '@stockade/messaging';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import { countingOf } from '../cycle-counts/blindness.ts';
import { orNull } from '../ledger/place.ts';
import { type Micro, toDecimal, toMicro } from '../ledger/quantity.ts';
import type { InventoryDb, Place, ReservationTable } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
export type ReservationRow = Selectable<ReservationTable>;

const columns = [
  'tenant_id',
  'id',
  'version',
  'created_at',
  'updated_at',
  'item_id',
  'site_id',
  decimal('quantity').as('quantity'),
  decimal('consumed').as('consumed'),
  'status',
  'reference',
  'expires_at',
] as const;

export async function findReservation(db: Db, id: string): Promise<ReservationRow | undefined> {
  return db.selectFrom('reservations').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function lockReservation(db: Db, id: string): Promise<ReservationRow | undefined> {
  return db.selectFrom('reservations').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

interface ReservationFilters extends ListQuery {
  itemId?: string;
  siteId?: string;
  status?: ReservationRow['status'];
  reference?: string;
}

export async function listReservations(
  db: Db,
  { itemId, siteId, status, reference, ...query }: ReservationFilters,
): Promise<ReservationRow[]> {
  let reservations = applyPage(db.selectFrom('reservations').select(columns), query);
  if (itemId) reservations = reservations.where('item_id', '=', itemId);
  if (siteId) reservations = reservations.where('site_id', '=', siteId);
  if (status) reservations = reservations.where('status', '=', status);
  if (reference) reservations = reservations.where('reference', '=', reference);
  return reservations.execute();
}

export interface Allocation extends Place {
  balanceId: string;
  quantity: Micro;
}

/** What reservations hold, soonest expiry first, by reservation. */
export async function listAllocations(db: Db, ids: readonly string[]): Promise<Map<string, Allocation[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('reservation_allocations as a')
    .innerJoin('balances as b', (join) =>
      join.onRef('b.tenant_id', '=', 'a.tenant_id').onRef('b.id', '=', 'a.balance_id'),
    )
    .leftJoin('lots as l', (join) =>
      join.onRef('l.tenant_id', '=', 'b.tenant_id').onRef('l.id', '=', 'b.lot_ref'),
    )
    .select(['a.reservation_id', 'a.balance_id as balanceId', decimal('a.quantity').as('quantity')])
    .select(['b.item_id', 'b.site_id', 'b.location_id', 'b.lot_id'])
    .where('a.reservation_id', 'in', ids)
    .where('a.quantity', '>', '0')
    .orderBy('l.expires_at', (order) => order.asc().nullsLast())
    .orderBy('a.balance_id')
    .execute();
  const allocations = rows.map((row) => ({ ...row, quantity: toMicro(row.quantity) }));
  return Map.groupBy(allocations, (row) => row.reservation_id);
}

export async function insertReservation(
  db: Db,
  reservation: Insertable<ReservationTable>,
  allocations: readonly { balance_id: string; quantity: string }[],
): Promise<ReservationRow> {
  const row = await db
    .insertInto('reservations')
    .values(reservation)
    .returning(columns)
    .executeTakeFirstOrThrow();
  const ids = { tenant_id: reservation.tenant_id, reservation_id: reservation.id };
  await db
    .insertInto('reservation_allocations')
    .values(allocations.map((allocation) => ({ ...ids, ...allocation })))
    .execute();
  return row;
}

export async function updateReservation(
  db: Db,
  id: string,
  changes: Updateable<ReservationTable>,
): Promise<ReservationRow> {
  return db
    .updateTable('reservations')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Takes quantities off what a reservation holds of balances. */
export async function takeOff(
  db: Db,
  reservationId: string,
  taken: readonly { balanceId: string; quantity: string }[],
): Promise<void> {
  await sql`
    update reservation_allocations a set quantity = a.quantity - u.quantity
    from unnest(${taken.map((one) => one.balanceId)}::uuid[], ${taken.map((one) => one.quantity)}::numeric[]) as u(balance_id, quantity)
    where a.reservation_id = ${reservationId} and a.balance_id = u.balance_id`.execute(db);
}

/** Those whose time is over, the longest first. Across tenants. */
export async function listExpired(
  systemDb: Kysely<InventoryDb>,
  limit: number,
): Promise<{ tenant_id: string; id: string }[]> {
  return systemDb
    .selectFrom('reservations')
    .select(['tenant_id', 'id'])
    .where('status', '=', 'open')
    .where('expires_at', '<=', sql<Date>`now()`)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
}

/** Where a reservation is held tells what was available there: who counts that is not shown it. */
export async function withAllocations(
  db: Db,
  rows: readonly ReservationRow[],
  viewer: Caller,
): Promise<Reservation[]> {
  const counting = await countingOf(db, viewer);
  const allocations = await listAllocations(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const blind = counting?.touches({ itemId: row.item_id, siteId: row.site_id });
    return toReservation(row, blind ? null : (allocations.get(row.id) ?? []));
  });
}

function toReservation(row: ReservationRow, allocations: readonly Allocation[] | null): Reservation {
  return {
    id: row.id,
    itemId: row.item_id,
    siteId: row.site_id,
    quantity: row.quantity,
    consumed: row.consumed,
    status: row.status,
    reference: row.reference,
    expiresAt: row.expires_at?.toISOString() ?? null,
    allocations:
      allocations?.map(({ location_id, lot_id, quantity }) => ({
        locationId: orNull(location_id),
        lotId: orNull(lot_id),
        quantity: toDecimal(quantity),
      })) ?? null,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
