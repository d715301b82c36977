import { errors } from '@stockade/service-kit';
import { type Micro, toDecimal, toMicro } from '../ledger/quantity.ts';
import type { ReservationRow } from './queries.ts';

/** Only open ones change. What has expired counts as such before it is swept up. */
export function checkOpen(row: Pick<ReservationRow, 'id' | 'status' | 'expires_at'>, now: Date): void {
  const state = row.status === 'open' && row.expires_at && row.expires_at <= now ? 'expired' : row.status;
  if (state !== 'open')
    throw errors.invalidState({ what: `Reservation ${row.id}`, state, allowed: ['open'] });
}

/** How much of a reservation is consumed now: what was asked for, or all that is left of it. */
export function quantityToConsume(
  { quantity, consumed }: { quantity: string; consumed: string },
  asked: string | undefined,
): Micro {
  const left = toMicro(quantity) - toMicro(consumed);
  const wanted = asked === undefined ? left : toMicro(asked);
  if (wanted > left)
    throw errors.conflict(`Only ${toDecimal(left)} of the reservation is left.`, { left: toDecimal(left) });
  return wanted;
}
