import type { CreateInvoiceBody, InvoiceStatus, OrderStatus } from '@stockade/contracts/purchasing';
import { errors, toInstant } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { AccountNumbers } from '../bank-accounts/rules.ts';
import type { OrderRow } from '../purchase-orders/queries.ts';
import { normalizeNumber } from './number.ts';

/** From which states each step is possible. A held invoice has to be released first, whatever is to become of it. */
const allowedFrom = {
  approve: ['received'],
  hold: ['received'],
  cancel: ['received'],
  release: ['held'],
} as const satisfies Record<string, readonly InvoiceStatus[]>;

export type Step = keyof typeof allowedFrom;

export function checkStep(step: Step, { number, status }: { number: string; status: InvoiceStatus }): void {
  const allowed: readonly InvoiceStatus[] = allowedFrom[step];
  if (!allowed.includes(status))
    throw errors.invalidState({ what: `Invoice ${number}`, state: status, allowed });
}

/** An order's lines are fixed from its approval on; before that there is nothing to be invoiced. */
const invoiceable: readonly OrderStatus[] = [
  'approved',
  'sent',
  'partially_received',
  'received',
  'closed',
  'cancelled',
];

/** The order that an invoice names is its supplier's, decided on, and in its currency. */
export function checkOrder(
  order: OrderRow,
  { supplierId, currency }: Pick<Static<typeof CreateInvoiceBody>, 'supplierId' | 'currency'>,
): void {
  const { number, status } = order;
  if (order.supplier_id !== supplierId)
    throw errors.validation([
      { path: '/purchaseOrderId', message: `is ${number}, an order of another supplier` },
    ]);
  if (!invoiceable.includes(status))
    throw errors.invalidState({ what: `Purchase order ${number}`, state: status, allowed: invoiceable });
  if (order.currency !== currency)
    throw errors.validation([{ path: '/currency', message: `must be ${order.currency}, as in ${number}` }]);
}

/** How far ahead of ours a caller's clock may be. */
const clockToleranceMs = 5 * 60_000;

export function checkIssued(text: string, now: Date): Date {
  const issuedAt = toInstant(text, '/issuedAt');
  if (issuedAt.getTime() > now.getTime() + clockToleranceMs)
    throw errors.validation([{ path: '/issuedAt', message: 'is in the future' }]);
  return issuedAt;
}

/** The number as invoices are told apart by. */
export function checkNumber(number: string): string {
  const normalized = normalizeNumber(number);
  if (normalized === '')
    throw errors.validation([{ path: '/number', message: 'must have a letter or a digit' }]);
  return normalized;
}

/** Amounts have at most 14 digits before the point, everywhere. */
export function checkTotal(total: string): void {
  if (/^\d{15}/.test(total))
    throw errors.validation([{ path: '/lines', message: 'cost more together than an invoice can hold' }]);
}

/** Why an invoice that asks to be paid to this account has to be looked at first, or null when it has not. */
export function accountSuspicion(asked: AccountNumbers, verified: AccountNumbers | undefined): string | null {
  if (!verified)
    return 'The invoice names a bank account, but none of the supplier is verified: call the supplier on a number known from elsewhere.';
  const isSame =
    asked.iban === verified.iban &&
    asked.routing_number === verified.routing_number &&
    asked.account_number === verified.account_number;
  return isSame
    ? null
    : 'The invoice asks to be paid to another bank account than the supplier’s verified one: call the supplier on a number known from elsewhere.';
}
