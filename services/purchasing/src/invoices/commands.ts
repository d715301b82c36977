import type { CreateInvoiceBody, Invoice } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, personOf } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { DetailsSealer, DetailsSealers } from '../bank-accounts/details.ts';
import { findVerified } from '../bank-accounts/queries.ts';
import { masked, normalizeNumbers } from '../bank-accounts/rules.ts';
import { holdInvoice as placeHold } from '../payment-holds/place.ts';
import { checkCurrency, minorUnits } from '../purchase-orders/money.ts';
import { findOrder, type OrderRow, totalOf } from '../purchase-orders/queries.ts';
import { findSupplier } from '../suppliers/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import * as entries from './entry-queries.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';
import { view } from './view.ts';

export type PurchasingWork = Work<PurchasingDb>;
type NewInvoice = Static<typeof CreateInvoiceBody>;

export const target = (id: string) => ({ type: 'invoice', id });

/** Supplier, order and the order's lines are there and belong together. */
async function checkParts({ trx }: PurchasingWork, body: NewInvoice): Promise<void> {
  const { supplierId, purchaseOrderId, lines } = body;
  if (!(await findSupplier(trx, supplierId))) throw errors.notFound('Supplier', supplierId);
  let order: OrderRow | undefined;
  if (purchaseOrderId) {
    order = await findOrder(trx, purchaseOrderId);
    if (!order) throw errors.notFound('Purchase order', purchaseOrderId);
    rules.checkOrder(order, body);
  }
  const known = order ? await entries.listOrderLineIds(trx, order.id) : new Set<string>();
  for (const { purchaseOrderLineId: lineId } of lines) {
    if (!lineId || known.has(lineId)) continue;
    if (!order)
      throw errors.validation([
        { path: '/purchaseOrderId', message: 'is required when a line names a line of an order' },
      ]);
    throw errors.notFound(`Line ${lineId} of purchase order ${order.number}`);
  }
}

/** The account that the invoice asks to be paid to, and why payment has to wait for a second person, if it has. */
async function judgeAccount(
  { trx }: PurchasingWork,
  accounts: DetailsSealer,
  { bankAccount, supplierId }: NewInvoice,
) {
  if (!bankAccount) return { account: null, suspicion: null };
  const asked = normalizeNumbers(bankAccount, '/bankAccount');
  const suspicion = rules.accountSuspicion(asked, await findVerified(trx, accounts, supplierId));
  return { account: { ...asked, bic: bankAccount.bic ?? null }, suspicion };
}

/** How often a number is found taken and then free again, because its invoice is cancelled meanwhile. */
const attempts = 3;

async function insertOnce(
  work: PurchasingWork,
  invoice: Parameters<typeof entries.insertInvoice>[1],
): Promise<queries.InvoiceRow> {
  const { supplier_id: supplierId, normalized_number: normalized } = invoice;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const row = await entries.insertInvoice(work.trx, invoice);
    if (row) return row;
    const other = await entries.findByNumber(work.trx, supplierId, normalized);
    if (other)
      throw errors.conflict(
        `This supplier's invoice ${other.number} was entered already: if it is another one, check the number.`,
        { invoiceId: other.id, number: other.number, field: 'number' },
      );
  }
  throw errors.unavailable(`Invoice ${invoice.number} is being cancelled and entered: try again.`);
}

export async function createInvoice(
  work: PurchasingWork,
  { accounts, invoices }: DetailsSealers,
  body: NewInvoice,
): Promise<Invoice> {
  const { supplierId, purchaseOrderId, number, currency } = body;
  const issuedAt = rules.checkIssued(body.issuedAt, work.now);
  const normalizedNumber = rules.checkNumber(number);
  checkCurrency(currency);
  const person = personOf(work);
  await checkParts(work, body);
  const { account, suspicion } = await judgeAccount(work, accounts, body);
  const total = await totalOf(work.trx, body.lines, minorUnits(currency));
  rules.checkTotal(total);
  const status = suspicion ? 'held' : 'received';
  const place = { tenant_id: work.tenantId, id: newId() };
  const row = await insertOnce(work, {
    ...{ ...place, supplier_id: supplierId, sealed: account && invoices.seal(place, account) },
    ...{ purchase_order_id: purchaseOrderId ?? null, number, normalized_number: normalizedNumber },
    ...{ issued_at: issuedAt, currency, status, total },
    created_by: JSON.stringify(work.caller.actor),
    created_by_person: person,
  });
  const lines = body.lines.map((line) => ({ id: newId(), ...line }));
  await entries.insertLines(work.trx, row, lines, minorUnits(currency));
  work.audit({
    action: 'purchasing.invoice.create',
    target: target(row.id),
    changes: changed(null, {
      ...{ supplierId, purchaseOrderId, number, normalizedNumber, issuedAt, currency },
      ...{ status, total: row.total, lines: body.lines },
      ...{
        iban: masked(account?.iban ?? null),
        accountNumber: masked(account?.account_number ?? null),
      },
    }),
  });
  if (suspicion)
    await placeHold(work, row, {
      ...{ reason: suspicion, personId: null },
      actor: { type: 'system', id: 'purchasing', name: 'purchasing' },
      changes: { invoice: { before: null, after: number } },
    });
  return view(work.trx, invoices, row);
}

export interface StepInput {
  id: string;
  ifMatch: number | null;
}

/** The invoice, locked after its order, in the version that the caller knows. */
export async function lockForStep(
  work: PurchasingWork,
  { id, ifMatch }: StepInput,
): Promise<queries.InvoiceRow> {
  const locked = await queries.lockInvoice(work.trx, id);
  if (!locked) throw errors.notFound('Invoice', id);
  checkVersion(locked.invoice.version, ifMatch);
  return locked.invoice;
}

/** It is not to be paid; its number may be entered again. */
export async function cancelInvoice(
  work: PurchasingWork,
  { invoices }: DetailsSealers,
  { reason, ...input }: StepInput & { reason: string | undefined },
): Promise<Invoice> {
  const before = await lockForStep(work, input);
  rules.checkStep('cancel', before);
  const after = await queries.updateInvoice(work.trx, before.id, { status: 'cancelled' });
  work.audit({
    action: 'purchasing.invoice.cancel',
    target: target(before.id),
    changes: {
      ...changed(before, after, ['status']),
      ...(reason ? { reason: { before: null, after: reason } } : {}),
    },
  });
  return view(work.trx, invoices, after);
}
