import { goodsReturned, receiptReversed } from '@stockade/contracts';
import type { Receipt } from '@stockade/contracts/purchasing';
import { changed, on, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import { emitOrder } from '../purchase-orders/events.ts';
import { hasOpenHold, lockOrder, type OrderRow, updateOrder } from '../purchase-orders/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type PurchasingWork = Work<PurchasingDb>;

interface Reversal {
  id: string;
  reason: string | undefined;
  ifMatch: number | null;
}

const audited = ['status', 'reversal_reason', 'reversal_refusal'];

async function lockReceipt(work: PurchasingWork, id: string) {
  const found = await queries.findReceipt(work.trx, id);
  // The order first, as everywhere.
  const order = found && (await lockOrder(work.trx, found.purchase_order_id));
  const receipt = order && (await queries.lockReceipt(work.trx, id));
  return receipt ? { order, receipt } : undefined;
}

/** Asks the ledger to give a receipt's goods back. Until it answers, they count neither as there nor as gone. */
export async function reverseReceipt(
  work: PurchasingWork,
  { id, reason, ifMatch }: Reversal,
): Promise<Receipt> {
  const locked = await lockReceipt(work, id);
  if (!locked) throw errors.notFound('Receipt', id);
  const { receipt } = locked;
  checkVersion(receipt.version, ifMatch);
  if (receipt.status !== 'received')
    throw errors.invalidState({ what: `Receipt ${id}`, state: receipt.status, allowed: ['received'] });
  if (receipt.stock_posting !== 'posted')
    throw errors.conflict('The stock ledger does not have this receipt yet: try again in a moment.');
  await queries.changeGoingBack(work.trx, id, 1).catch((error) =>
    mapConstraint(error, {
      purchase_order_lines_not_over_invoiced: () =>
        errors.conflict('What was received has been invoiced already: ask for a credit note first.'),
    }),
  );
  const after = await queries.updateReceipt(work.trx, id, {
    ...{ status: 'reversing', reversed_by: JSON.stringify(work.caller.actor) },
    ...{ reversal_reason: reason ?? null, reversal_refusal: null },
  });
  const [shown] = (await queries.withLines(work.trx, [after])) as [Receipt];
  work.emit(goodsReturned, {
    aggregateId: id,
    aggregateVersion: after.version,
    payload: {
      receiptId: id,
      reason: reason ?? null,
      lineIds: shown.lines.map((line) => line.id),
      actor: work.caller.actor,
    },
  });
  work.audit({
    action: 'purchasing.receipt.reverse',
    target: { type: 'receipt', id },
    changes: changed(receipt, after, audited),
  });
  return shown;
}

/** The ledger gave the goods back, or could not. An answer to an older question is none. */
export const finishReversal = on(
  receiptReversed,
  async (work: PurchasingWork, { payload, aggregateVersion }) => {
    const locked = await lockReceipt(work, payload.receiptId);
    if (!locked) throw new Error(`Receipt ${payload.receiptId} is not known here`);
    const { receipt, order } = locked;
    if (receipt.status !== 'reversing' || receipt.version !== aggregateVersion) return;
    await (payload.done
      ? queries.takeBackReceived(work.trx, receipt.id)
      : queries.changeGoingBack(work.trx, receipt.id, -1));
    const after = await queries.updateReceipt(
      work.trx,
      receipt.id,
      payload.done
        ? { status: 'reversed', reversed_at: work.now }
        : { status: 'received', reversal_refusal: payload.reason },
    );
    if (payload.done) await reopenOrder(work, order);
    work.audit({
      action: `purchasing.receipt.${payload.done ? 'reversal-post' : 'reversal-refuse'}`,
      target: { type: 'receipt', id: receipt.id },
      changes: changed(receipt, after, audited),
    });
  },
);

/** The order waits for goods again; one that was closed stays so. */
async function reopenOrder(work: PurchasingWork, order: OrderRow): Promise<void> {
  if (order.status === 'closed') return;
  const after = await updateOrder(work.trx, order.id, {
    status: await queries.statusByReceived(work.trx, order.id),
  });
  emitOrder(work, after, await hasOpenHold(work.trx, order.id));
}
