import { bankAccountChanged } from '@stockade/contracts';
import type { BankAccount, ProposeBankAccountBody } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { type Changes, changed, type Work } from '@stockade/messaging';
import { checkSecondPerson, checkVersion, errors, personOf } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { checkCurrency } from '../purchase-orders/money.ts';
import { lockSupplier } from '../suppliers/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import type { DetailsSealer } from './details.ts';
import * as queries from './queries.ts';
import { masked, normalizeNumbers } from './rules.ts';

type PurchasingWork = Work<PurchasingDb>;

const target = (id: string) => ({ type: 'bank-account', id });
const shown = (row: queries.BankAccountRow | null) =>
  row && {
    supplierId: row.supplier_id,
    holder: row.holder,
    iban: masked(row.iban),
    accountNumber: masked(row.account_number),
    status: row.status,
  };

/** The details as they travel: sealed, also where the row has them in plain yet. */
const carried = (details: DetailsSealer, row: queries.BankAccountRow) => ({
  ...{ holder: '', iban: null, routingNumber: null, accountNumber: null, bic: null },
  sealed: (row.sealed ?? details.seal(row, row)).toString('base64'),
});

function tell(
  work: PurchasingWork,
  details: DetailsSealer,
  action: string,
  before: queries.BankAccountRow | null,
  after: queries.BankAccountRow,
  extra: Changes = {},
): void {
  const { id, version, supplier_id: supplierId, status } = after;
  work.emit(bankAccountChanged, {
    aggregateId: id,
    aggregateVersion: version,
    payload: { bankAccountId: id, supplierId, status, ...carried(details, after) },
  });
  work.audit({
    action: `purchasing.bank-account.${action}`,
    target: target(id),
    changes: { ...changed(shown(before), shown(after)), ...extra },
  });
}

/** A proposal changes nothing about where a supplier is paid. */
export async function propose(
  work: PurchasingWork,
  details: DetailsSealer,
  supplierId: string,
  body: Static<typeof ProposeBankAccountBody>,
): Promise<BankAccount> {
  const numbers = normalizeNumbers(body);
  if (body.currency) checkCurrency(body.currency);
  const person = personOf(work);
  if (!(await lockSupplier(work.trx, supplierId))) throw errors.notFound('Supplier', supplierId);
  const place = { tenant_id: work.tenantId, id: newId() };
  const row = await queries.insertBankAccount(work.trx, details, {
    ...place,
    supplier_id: supplierId,
    sealed: details.seal(place, { holder: body.holder, ...numbers, bic: body.bic ?? null }),
    currency: body.currency ?? null,
    proposed_by: JSON.stringify(work.caller.actor),
    proposed_by_person: person,
  });
  tell(work, details, 'propose', null, row);
  return queries.toBankAccount(row);
}

interface Decision {
  supplierId: string;
  accountId: string;
  ifMatch: number | null;
}

/** Locks the supplier first: two accounts of one supplier are never verified at once. */
async function lockProposed(
  work: PurchasingWork,
  details: DetailsSealer,
  { supplierId, accountId, ifMatch }: Decision,
): Promise<queries.BankAccountRow> {
  const supplier = await lockSupplier(work.trx, supplierId);
  const account = supplier && (await queries.lockBankAccount(work.trx, details, supplierId, accountId));
  if (!account) throw errors.notFound('Bank account', accountId);
  checkVersion(account.version, ifMatch);
  if (account.status !== 'proposed')
    throw errors.invalidState({
      what: `Bank account ${accountId}`,
      state: account.status,
      allowed: ['proposed'],
    });
  return account;
}

const decided = (work: PurchasingWork, person: string) => ({
  decided_by: JSON.stringify(work.caller.actor),
  decided_by_person: person,
  decided_at: work.now,
});

/** From now on the supplier is paid here. Another person than who proposed it; the account before is superseded. */
export async function verify(
  work: PurchasingWork,
  details: DetailsSealer,
  decision: Decision,
): Promise<BankAccount> {
  const account = await lockProposed(work, details, decision);
  const person = personOf(work);
  checkSecondPerson(
    person,
    account.proposed_by_person,
    'A bank account is verified by another person than who proposed it.',
  );
  const previous = await queries.findVerified(work.trx, details, decision.supplierId);
  if (previous)
    tell(
      work,
      details,
      'supersede',
      previous,
      await queries.updateBankAccount(work.trx, details, previous.id, { status: 'superseded' }),
    );
  const verified = await queries.updateBankAccount(work.trx, details, account.id, {
    status: 'verified',
    ...decided(work, person),
  });
  tell(work, details, 'verify', account, verified);
  return queries.toBankAccount(verified);
}

export async function reject(
  work: PurchasingWork,
  details: DetailsSealer,
  decision: Decision,
  reason: string | undefined,
): Promise<BankAccount> {
  const account = await lockProposed(work, details, decision);
  const rejected = await queries.updateBankAccount(work.trx, details, account.id, {
    status: 'rejected',
    ...decided(work, personOf(work)),
  });
  tell(work, details, 'reject', account, rejected, reason ? { reason: { before: null, after: reason } } : {});
  return queries.toBankAccount(rejected);
}
