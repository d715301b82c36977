import type { Reservation } from '@stockade/contracts/inventory';
import type { Work } from '@stockade/messaging';
import { withoutFigures } from '../cycle-counts/blindness.ts';
import { lockGoods } from '../ledger/goods.ts';
import { orNull } from '../ledger/place.ts';
import { type NewMovement, placesOf, planPosting } from '../ledger/posting.ts';
import { toDecimal, toMicro } from '../ledger/quantity.ts';
import { writePostings } from '../ledger/write.ts';
import { checkActive, checkQuantity } from '../movements/rules.ts';
import { pick } from '../picks/rules.ts';
import type { InventoryDb } from '../tables.ts';
import { finish, lockOpen, type Step } from './commands.ts';
import { takeOff, updateReservation } from './queries.ts';
import { quantityToConsume } from './rules.ts';

/** Issues what was reserved: the reservation gives up exactly what the movements take. */
export async function consumeReservation(
  work: Work<InventoryDb>,
  { quantity, reference, ...step }: Step & { quantity: string | undefined; reference: string | undefined },
): Promise<Reservation> {
  const { row, allocations } = await lockOpen(work, step);
  const wanted = quantityToConsume(row, quantity);
  const goods = await lockGoods(work.trx, work.tenantId, allocations);
  const item = goods.item(row.item_id);
  checkActive(item);
  if (quantity !== undefined) checkQuantity(item, quantity, '/quantity');
  const { picks } = pick(
    allocations.map((allocation) => ({ ...allocation, available: allocation.quantity })),
    wanted,
  );
  const movements = picks.map(
    ({ from, quantity }): NewMovement => ({
      ...{
        type: 'ISSUE',
        item_id: row.item_id,
        site_id: row.site_id,
        to_site_id: null,
        to_location_id: null,
      },
      ...{
        location_id: orNull(from.location_id),
        lot_id: orNull(from.lot_id),
        quantity,
        unreserve: quantity,
      },
      ...{ reason: 'Reservation', reference: reference ?? row.reference },
      ...{ occurred_at: work.now, actor: work.caller.actor },
    }),
  );
  for (const place of movements.flatMap(placesOf)) goods.checkOpen(place);
  const planned = await withoutFigures(work, () => planPosting(goods, movements));
  await writePostings(work, goods, planned);
  await takeOff(
    work.trx,
    row.id,
    picks.map(({ from, quantity }) => ({ balanceId: from.balanceId, quantity: toDecimal(quantity) })),
  );
  const consumed = toMicro(row.consumed) + wanted;
  const after = await updateReservation(work.trx, row.id, {
    consumed: toDecimal(consumed),
    ...(consumed === toMicro(row.quantity) ? { status: 'consumed' } : {}),
  });
  return finish(work, 'consume', row, after);
}
