import type { PaymentHold } from '@stockade/contracts/purchasing';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import { checkSecondPerson, personOf } from '../four-eyes.ts';
import { emitOrder } from '../purchase-orders/events.ts';
import { lockOrder, updateOrder } from '../purchase-orders/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

interface Release {
  id: string;
  reason: string;
  ifMatch: number | null;
}

/** Payment goes on. By another person than who made the order: whoever was deceived does not decide alone. */
export async function releaseHold(
  work: Work<PurchasingDb>,
  { id, reason, ifMatch }: Release,
): Promise<PaymentHold> {
  const found = await queries.findHold(work.trx, id);
  // The order first, as everywhere: whoever locks both locks them in this order.
  const order = found && (await lockOrder(work.trx, found.purchase_order_id));
  const before = order && (await queries.lockHold(work.trx, id));
  if (!before) throw errors.notFound('Payment hold', id);
  checkVersion(before.version, ifMatch);
  if (before.status !== 'open')
    throw errors.invalidState({ what: `Payment hold ${id}`, state: before.status, allowed: ['open'] });
  const person = personOf(work);
  checkSecondPerson(
    person,
    order.created_by_person,
    'A payment hold is released by another person than who made the order.',
  );
  const after = await queries.updateHold(work.trx, id, {
    status: 'released',
    released_by: JSON.stringify(work.caller.actor),
    released_at: work.now,
    release_reason: reason,
  });
  emitOrder(work, await updateOrder(work.trx, order.id, {}), false);
  work.audit({
    action: 'purchasing.payment-hold.release',
    target: { type: 'payment-hold', id },
    changes: changed(before, after, ['status', 'release_reason']),
  });
  const [hold] = await queries.withEvidence(work.trx, [after]);
  return hold as PaymentHold;
}
