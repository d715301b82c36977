import type { OrderSuggestionBody, ReorderSuggestion } from '@stockade/contracts/purchasing';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import { createOrder } from '../purchase-orders/commands.ts';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

type SuggestionWork = Work<PurchasingDb>;

interface StepInput {
  id: string;
  ifMatch: number | null;
}

async function lockForDecision(work: SuggestionWork, { id, ifMatch }: StepInput) {
  const row = await queries.lockSuggestion(work.trx, id);
  if (!row) throw errors.notFound('Reorder suggestion', id);
  checkVersion(row.version, ifMatch);
  if (row.status !== 'open')
    throw errors.invalidState({ what: `Reorder suggestion ${id}`, state: row.status, allowed: ['open'] });
  return row;
}

async function finish(
  work: SuggestionWork,
  action: string,
  before: queries.SuggestionRow,
  changes: Parameters<typeof queries.updateSuggestion>[2],
): Promise<ReorderSuggestion> {
  const after = await queries.updateSuggestion(work.trx, before.id, {
    ...changes,
    decided_by: JSON.stringify(work.caller.actor),
    decided_at: work.now,
  });
  work.audit({
    action: `purchasing.reorder-suggestion.${action}`,
    target: { type: 'reorder-suggestion', id: after.id },
    changes: changed(before, after, ['status', 'purchase_order_id', 'reason']),
  });
  const [shown] = await queries.withContext(work.trx, [after]);
  return shown as ReorderSuggestion;
}

/** What an order has to be told, or can take from the last one of the item. */
function required<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined)
    throw errors.validation([
      { path: `/${field}`, message: 'is required: this item was not ordered before' },
    ]);
  return value;
}

/** A draft order of what is suggested, in the same transaction: a suggestion becomes one order, or none. */
export async function orderSuggestion(
  work: SuggestionWork,
  { body, ...input }: StepInput & { body: OrderSuggestionBody },
): Promise<ReorderSuggestion> {
  const row = await lockForDecision(work, input);
  const [{ lastOrder, siteId, itemId, quantity }] = (await queries.withContext(work.trx, [row])) as [
    ReorderSuggestion,
  ];
  const order = await createOrder(work, {
    supplierId: required(body.supplierId ?? lastOrder?.supplierId, 'supplierId'),
    siteId: required(body.siteId ?? siteId ?? lastOrder?.siteId, 'siteId'),
    currency: required(body.currency ?? lastOrder?.currency, 'currency'),
    lines: [
      {
        itemId,
        quantity: body.quantity ?? quantity,
        unitPrice: required(body.unitPrice ?? lastOrder?.unitPrice, 'unitPrice'),
      },
    ],
    ...(body.expectedAt === undefined ? {} : { expectedAt: body.expectedAt }),
  });
  return finish(work, 'order', row, { status: 'ordered', purchase_order_id: order.id });
}

export async function dismissSuggestion(
  work: SuggestionWork,
  { reason, ...input }: StepInput & { reason: string },
): Promise<ReorderSuggestion> {
  return finish(work, 'dismiss', await lockForDecision(work, input), { status: 'dismissed', reason });
}
