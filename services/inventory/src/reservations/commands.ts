import type { Reservation } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, toInstant } from '@stockade/service-kit';
import { countingOf } from '../cycle-counts/blindness.ts';
import { lockGoods, shareItems } from '../ledger/goods.ts';
import { toDecimal, toMicro } from '../ledger/quantity.ts';
import { changeReserved } from '../ledger/write.ts';
import { findOpenLocation } from '../locations/queries.ts';
import { findLot } from '../lots/queries.ts';
import { checkActive, checkQuantity } from '../movements/rules.ts';
import { pick } from '../picks/rules.ts';
import { listPickable, type PickOrder } from '../picks/stock.ts';
import { checkSoon } from '../reorder-rules/checks.ts';
import { findOpenSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkOpen } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

const audited = ['item_id', 'site_id', 'quantity', 'consumed', 'status', 'reference', 'expires_at'];

interface NewReservation {
  itemId: string;
  siteId: string;
  quantity: string;
  locationId?: string;
  lotId?: string;
  reference?: string;
  expiresAt?: string;
}

export async function finish(
  work: InventoryWork,
  action: string,
  before: queries.ReservationRow | null,
  after: queries.ReservationRow,
): Promise<Reservation> {
  await checkSoon(work, after.item_id);
  work.audit({
    action: `inventory.reservation.${action}`,
    target: { type: 'reservation', id: after.id },
    changes: changed(before, after, audited),
  });
  const [shown] = await queries.withAllocations(work.trx, [after], work.caller);
  return shown as Reservation;
}

/** How long it is held: not a time that is over. */
function toExpiry(work: InventoryWork, expiresAt: string | undefined): Date | null {
  if (expiresAt === undefined) return null;
  const at = toInstant(expiresAt, '/expiresAt');
  if (at <= work.now) throw errors.validation([{ path: '/expiresAt', message: 'is over already' }]);
  return at;
}

/** A location and a lot that are named are of that site and item. */
async function checkPlace(trx: InventoryWork['trx'], body: NewReservation): Promise<void> {
  const { itemId, siteId, locationId, lotId } = body;
  if (locationId) await findOpenLocation(trx, locationId, siteId);
  if (lotId && (await findLot(trx, lotId))?.item_id !== itemId)
    throw errors.notFound('The lot, of that item,');
}

/** Holds stock of definite places. Their balances' locks let one at a time decide what is left. */
export async function createReservation(
  work: InventoryWork,
  body: NewReservation,
  order: PickOrder,
): Promise<Reservation> {
  const { trx, tenantId } = work;
  const { itemId, siteId, locationId, lotId } = body;
  const expiresAt = toExpiry(work, body.expiresAt);
  const item = (await shareItems(trx, [itemId])).get(itemId);
  if (!item) throw errors.notFound('Item', itemId);
  checkActive(item);
  checkQuantity(item, body.quantity, '/quantity');
  await findOpenSite(trx, siteId);
  await checkPlace(trx, body);
  const filter = { itemIds: [itemId], siteId, locationId, lotId, order };
  const stock = await listPickable(trx, filter, work.now, true);
  const wanted = toMicro(body.quantity);
  const { picks, shortage } = pick(stock, wanted);
  if (shortage > 0n) {
    const counting = await countingOf(trx, work.caller);
    const available = toDecimal(wanted - shortage);
    const place = { itemId, siteId, locationId: locationId ?? null, lotId: lotId ?? null };
    throw counting?.touches({ itemId, siteId, locationId })
      ? errors.insufficientStock(`There is not enough of ${item.sku} to reserve.`, place)
      : errors.insufficientStock(`There is not enough of ${item.sku}: ${available} available there.`, {
          ...place,
          available,
        });
  }
  const held = picks.map(({ from, quantity }) => ({ balanceId: from.id, quantity: toDecimal(quantity) }));
  await changeReserved(work, held);
  const row = await queries.insertReservation(
    trx,
    {
      ...{ tenant_id: tenantId, id: newId(), item_id: itemId, site_id: siteId, quantity: body.quantity },
      ...{ reference: body.reference ?? null, expires_at: expiresAt },
    },
    held.map(({ balanceId, quantity }) => ({ balance_id: balanceId, quantity })),
  );
  return finish(work, 'create', null, row);
}

export interface Step {
  id: string;
  ifMatch: number | null;
}

export async function lockOpen(work: InventoryWork, { id, ifMatch }: Step) {
  const row = await queries.lockReservation(work.trx, id);
  if (!row) throw errors.notFound('Reservation', id);
  checkVersion(row.version, ifMatch);
  checkOpen(row, work.now);
  return { row, allocations: (await queries.listAllocations(work.trx, [id])).get(id) ?? [] };
}

/** Gives what is held free again. */
async function free(
  work: InventoryWork,
  row: queries.ReservationRow,
  allocations: readonly queries.Allocation[],
  status: 'released' | 'expired',
): Promise<Reservation> {
  await lockGoods(work.trx, work.tenantId, allocations);
  const held = allocations.map(({ balanceId, quantity }) => ({ balanceId, quantity: toDecimal(quantity) }));
  await changeReserved(
    work,
    held.map(({ balanceId, quantity }) => ({ balanceId, quantity: `-${quantity}` })),
  );
  await queries.takeOff(work.trx, row.id, held);
  const action = status === 'released' ? 'release' : 'expire';
  return finish(work, action, row, await queries.updateReservation(work.trx, row.id, { status }));
}

export async function releaseReservation(work: InventoryWork, step: Step): Promise<Reservation> {
  const { row, allocations } = await lockOpen(work, step);
  return free(work, row, allocations, 'released');
}

/** Nothing happens when somebody was faster. */
export async function expireReservation(work: InventoryWork, id: string): Promise<void> {
  const row = await queries.lockReservation(work.trx, id);
  if (row?.status !== 'open' || !row.expires_at || row.expires_at > work.now) return;
  await free(work, row, (await queries.listAllocations(work.trx, [id])).get(id) ?? [], 'expired');
}
