import type { CreatePurchaseOrderBody, PurchaseOrder } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { type Changes, changed, type Work } from '@stockade/messaging';
import { checkSecondPerson, checkVersion, errors, personOf, toInstant } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { reopenSuggestion } from '../reorder-suggestions/reopen.ts';
import type { PurchasingDb } from '../tables.ts';
import { checkParts } from './checks.ts';
import { emitOrder } from './events.ts';
import { checkCurrency, checkTotal, minorUnits } from './money.ts';
import * as queries from './queries.ts';
import { checkStep, nobody, orderNumber, type Step } from './rules.ts';

type PurchasingWork = Work<PurchasingDb>;
type NewOrder = Static<typeof CreatePurchaseOrderBody>;

const target = (id: string) => ({ type: 'purchase-order', id });

export async function createOrder(work: PurchasingWork, body: NewOrder): Promise<PurchaseOrder> {
  checkCurrency(body.currency);
  const person = work.caller.actor.type === 'system' ? nobody : personOf(work);
  await checkParts(work.trx, body);
  const lines = body.lines.map((line) => ({ id: newId(), ...line }));
  const total = await queries.totalOf(work.trx, lines, minorUnits(body.currency));
  checkTotal(total);
  const year = work.now.getUTCFullYear();
  const row = await queries.insertOrder(
    work.trx,
    {
      tenant_id: work.tenantId,
      id: newId(),
      number: orderNumber(year, await queries.nextSequence(work.trx, work.tenantId, year)),
      supplier_id: body.supplierId,
      site_id: body.siteId,
      currency: body.currency,
      total,
      expected_at: body.expectedAt ? toInstant(body.expectedAt, '/expectedAt') : null,
      created_by: JSON.stringify(work.caller.actor),
      created_by_person: person,
    },
    lines,
  );
  emitOrder(work, row, false);
  const { number, supplier_id, site_id, currency, status } = row;
  const content = { number, supplier_id, site_id, currency, total: row.total, status, lines: body.lines };
  work.audit({
    action: 'purchasing.purchase-order.create',
    target: target(row.id),
    changes: changed(null, content),
  });
  return queries.showOrder(work.trx, row);
}

export interface StepInput {
  id: string;
  ifMatch: number | null;
  reason?: string | undefined;
}

export async function lockForStep(
  work: PurchasingWork,
  step: Step,
  { id, ifMatch }: StepInput,
): Promise<queries.OrderRow> {
  const order = await queries.lockOrder(work.trx, id);
  if (!order) throw errors.notFound('Purchase order', id);
  checkVersion(order.version, ifMatch);
  checkStep(step, order);
  return order;
}

/** Stores the new state, tells of it, and gives the order as it is now. */
async function finishStep(
  work: PurchasingWork,
  step: string,
  before: queries.OrderRow,
  status: queries.OrderRow['status'],
  reason?: string,
): Promise<PurchaseOrder> {
  const after = await queries.updateOrder(work.trx, before.id, { status });
  emitOrder(work, after, await queries.hasOpenHold(work.trx, before.id));
  const changes: Changes = {
    ...changed(before, after, ['status']),
    ...(reason ? { reason: { before: null, after: reason } } : {}),
  };
  work.audit({ action: `purchasing.purchase-order.${step}`, target: target(before.id), changes });
  return queries.showOrder(work.trx, after);
}

/** No person made it: who submits it answers for it, so that two people stand behind it as behind any other. */
async function becomeMaker(work: PurchasingWork, order: queries.OrderRow): Promise<void> {
  const makers = new Set([...order.changed_by_persons, personOf(work)]);
  await queries.updateOrder(work.trx, order.id, { changed_by_persons: [...makers] });
}

export async function submitOrder(work: PurchasingWork, input: StepInput): Promise<PurchaseOrder> {
  const order = await lockForStep(work, 'submit', input);
  if (order.created_by_person === nobody) await becomeMaker(work, order);
  return finishStep(work, 'submit', order, 'pending_approval');
}

/** By another person than who made it; above the threshold by two different ones. The order's lock serialises them. */
export async function approveOrder(work: PurchasingWork, input: StepInput): Promise<PurchaseOrder> {
  const order = await lockForStep(work, 'approve', input);
  const person = personOf(work);
  checkSecondPerson(
    person,
    order.created_by_person,
    'An order is approved by another person than who made it.',
  );
  const approvers = await queries.listApprovers(work.trx, order.id);
  if (order.changed_by_persons.includes(person))
    throw errors.forbidden('You changed this order when it was a draft: another person approves it.');
  if (approvers.includes(person))
    throw errors.forbidden('You have approved this order already: it needs a second, different person.');
  await queries.insertApproval(work.trx, {
    tenant_id: work.tenantId,
    purchase_order_id: order.id,
    person_id: person,
    by: JSON.stringify(work.caller.actor),
    at: work.now,
  });
  const enough = approvers.length + 1 >= (await queries.approvalsNeeded(work.trx, order.total));
  return finishStep(work, 'approve', order, enough ? 'approved' : 'pending_approval');
}

/** Back to its maker; approvals that it had are void. */
export async function rejectOrder(work: PurchasingWork, input: StepInput): Promise<PurchaseOrder> {
  const order = await lockForStep(work, 'reject', input);
  await queries.deleteApprovals(work.trx, order.id);
  return finishStep(work, 'reject', order, 'draft', input.reason);
}

export async function cancelOrder(work: PurchasingWork, input: StepInput): Promise<PurchaseOrder> {
  const order = await lockForStep(work, 'cancel', input);
  await reopenSuggestion(work, order.id);
  return finishStep(work, 'cancel', order, 'cancelled', input.reason);
}

export async function closeOrder(work: PurchasingWork, input: StepInput): Promise<PurchaseOrder> {
  const order = await lockForStep(work, 'close', input);
  // Nothing came of it, and nothing will.
  if (order.status === 'approved' || order.status === 'sent') await reopenSuggestion(work, order.id);
  return finishStep(work, 'close', order, 'closed', input.reason);
}
