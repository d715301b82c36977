import type { ApproveInvoiceBody, Invoice, InvoiceMatch } from '@stockade/contracts/purchasing';
import { changed } from '@stockade/messaging';
import { checkSecondPerson, errors, personOf, ServiceError } from '@stockade/service-kit';
import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { DetailsSealers } from '../bank-accounts/details.ts';
import { shareVerified } from '../bank-accounts/queries.ts';
import { releaseHold } from '../payment-holds/commands.ts';
import { holdInvoice as placeHold } from '../payment-holds/place.ts';
import { findOpenHold, lastRelease } from '../payment-holds/queries.ts';
import { lockForStep, type PurchasingWork, type StepInput, target } from './commands.ts';
import { addInvoiced, readMatch } from './match-queries.ts';
import * as queries from './queries.ts';
import { accountSuspicion, checkStep } from './rules.ts';
import { findOpenHolds, view } from './view.ts';

type Approval = Static<typeof ApproveInvoiceBody>;

/** 409 that names the hold, be it the invoice's own or its order's. */
async function checkNoHold(work: PurchasingWork, invoice: queries.InvoiceRow): Promise<void> {
  const hold = (await findOpenHolds(work.trx, [invoice])).get(invoice.id);
  if (!hold) return;
  throw new ServiceError(
    'INVALID_STATE',
    `Invoice ${invoice.number} is on hold: a second person has to release payment hold ${hold.id} first (${hold.reason})`,
    { state: 'held', allowed: ['received'], paymentHold: hold },
  );
}

/** The account may not be the verified one any more, unless a second person looked at the invoice since it changed. */
async function checkAccount(
  work: PurchasingWork,
  { accounts, invoices }: DetailsSealers,
  row: queries.InvoiceRow,
): Promise<void> {
  const invoice = invoices.open(row);
  if (invoice.iban === null && invoice.account_number === null) return;
  const verified = await shareVerified(work.trx, accounts, invoice.supplier_id);
  const suspicion = accountSuspicion(invoice, verified);
  if (!suspicion) return;
  const released = await lastRelease(work.trx, invoice.id);
  if (released && (!verified?.decided_at || released > verified.decided_at)) return;
  throw errors.conflict(`${suspicion} Then hold the invoice, and have a second person release it.`, {
    field: 'bankAccount',
  });
}

/** 409 with what does not agree, unless somebody answers for it with a reason. */
function checkMatch(
  invoice: queries.InvoiceRow,
  { status, differences }: InvoiceMatch,
  accepted: boolean,
): void {
  if (status === 'matched' || accepted) return;
  const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : '';
  throw errors.conflict(
    `Invoice ${invoice.number} does not match: ${differences[0]?.message}${more} Or accept the differences with a reason.`,
    { differences },
  );
}

/**
 * It may be paid. The order's lock lets one approval at a time reckon with what was received and invoiced, and no hold
 * come in between; a constraint on the order's lines stands behind it.
 */
export async function approveInvoice(
  work: PurchasingWork,
  sealers: DetailsSealers,
  { acceptDifferences = false, reason, ...input }: StepInput & Approval,
): Promise<Invoice> {
  if (acceptDifferences && reason === undefined)
    throw errors.validation([{ path: '/reason', message: 'is required to accept differences' }]);
  const before = await lockForStep(work, input);
  await checkNoHold(work, before);
  checkStep('approve', before);
  const person = personOf(work);
  checkSecondPerson(
    person,
    before.created_by_person,
    'An invoice is approved by another person than who entered it.',
  );
  await checkAccount(work, sealers, before);
  const match = await readMatch(work.trx, before);
  checkMatch(before, match, acceptDifferences);
  const accepted = match.status === 'differences';
  await addInvoiced(work.trx, before, { quantityTolerance: match.quantityTolerance, accepted });
  const after = await queries.updateInvoice(work.trx, before.id, {
    status: 'approved',
    approved_by: JSON.stringify(work.caller.actor),
    approved_by_person: person,
    // As the clock says under the locks: so it compares with when holds began and ended.
    approved_at: sql<Date>`clock_timestamp()` as never,
    approved_match: JSON.stringify(match),
    acceptance_reason: accepted ? (reason ?? null) : null,
  });
  work.audit({
    action: 'purchasing.invoice.approve',
    target: target(before.id),
    changes: {
      ...changed(before, after, ['status']),
      ...(reason ? { reason: { before: null, after: reason } } : {}),
      ...(accepted ? { acceptedDifferences: { before: null, after: match.differences } } : {}),
    },
  });
  return view(work.trx, sealers.invoices, after);
}

/** Payment waits until a second person releases it. */
export async function holdInvoice(
  work: PurchasingWork,
  { invoices }: DetailsSealers,
  { reason, ...input }: StepInput & { reason: string },
): Promise<Invoice> {
  const invoice = await lockForStep(work, input);
  checkStep('hold', invoice);
  const personId = personOf(work);
  const changes = { invoice: { before: null, after: invoice.number } };
  await placeHold(work, invoice, { reason, personId, actor: work.caller.actor, changes });
  return view(work.trx, invoices, await queries.getInvoice(work.trx, invoice.id));
}

/** Releases the invoice's own hold; `ifMatch` is of the invoice. */
export async function releaseInvoice(
  work: PurchasingWork,
  { invoices }: DetailsSealers,
  { id, ifMatch, reason }: StepInput & { reason: string },
): Promise<Invoice> {
  const locked = await lockForStep(work, { id, ifMatch });
  checkStep('release', locked);
  const hold = await findOpenHold(work.trx, { purchase_order_id: null, invoice_id: id });
  if (!hold) throw errors.notFound('Payment hold');
  await releaseHold(work, { id: hold.id, reason, ifMatch: null });
  return view(work.trx, invoices, await queries.getInvoice(work.trx, id));
}
