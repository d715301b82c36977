import { changed, type Work } from '@stockade/messaging';
import { checkSecondPerson, checkVersion, errors, personOf } from '@stockade/service-kit';
import { sql } from 'kysely';
import { lockInvoice, updateInvoice } from '../invoices/queries.ts';
import { emitOrder } from '../purchase-orders/events.ts';
import { lockOrder, updateOrder } from '../purchase-orders/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;

interface Release {
  id: string;
  reason: string;
  ifMatch: number | null;
}

interface HeldThing {
  /** The persons who made what is held: deceived, maybe, and so not those who decide. */
  makers: readonly string[];
  madeText: string;
  /** Lets it go on, once its hold is released. */
  goOn(): Promise<void>;
}

/** Locks what a hold is of: before the hold itself, as everywhere. */
async function lockHeld(work: PurchasingWork, hold: queries.HoldRow): Promise<HeldThing> {
  if (hold.invoice_id) {
    const locked = await lockInvoice(work.trx, hold.invoice_id);
    if (!locked) throw errors.notFound('Invoice', hold.invoice_id);
    const { id, created_by_person: begunBy } = locked.invoice;
    return {
      makers: [begunBy],
      madeText: 'entered the invoice',
      goOn: async () => void (await updateInvoice(work.trx, id, { status: 'received' })),
    };
  }
  const order = hold.purchase_order_id && (await lockOrder(work.trx, hold.purchase_order_id));
  if (!order) throw errors.notFound('Purchase order', hold.purchase_order_id ?? undefined);
  return {
    makers: [order.created_by_person, ...order.changed_by_persons],
    madeText: 'made the order or changed its draft',
    goOn: async () => emitOrder(work, await updateOrder(work.trx, order.id, {}), false),
  };
}

/** Payment goes on. By another person than who made what is held, and than who held it. */
export async function releaseHold(
  work: PurchasingWork,
  { id, reason, ifMatch }: Release,
): Promise<queries.HoldRow> {
  const found = await queries.findHold(work.trx, id);
  if (!found) throw errors.notFound('Payment hold', id);
  const held = await lockHeld(work, found);
  const before = await queries.lockHold(work.trx, id);
  checkVersion(before.version, ifMatch);
  if (before.status !== 'open')
    throw errors.invalidState({ what: `Payment hold ${id}`, state: before.status, allowed: ['open'] });
  const person = personOf(work);
  for (const maker of held.makers)
    checkSecondPerson(
      person,
      maker,
      `A payment hold is released by another person than who ${held.madeText}.`,
    );
  if (before.placed_by_person)
    checkSecondPerson(
      person,
      before.placed_by_person,
      'A payment hold is released by another person than who put it on.',
    );
  // The hold first: while it is open, a foreign key keeps its invoice held.
  const after = await queries.updateHold(work.trx, id, {
    status: 'released',
    released_by: JSON.stringify(work.caller.actor),
    released_by_person: person,
    released_at: sql<Date>`clock_timestamp()` as never,
    release_reason: reason,
  });
  await held.goOn();
  work.audit({
    action: 'purchasing.payment-hold.release',
    target: { type: 'payment-hold', id },
    changes: changed(before, after, ['status', 'release_reason']),
  });
  return after;
}
