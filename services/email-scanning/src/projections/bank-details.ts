import {
  type BankDetails,
  bankAccountContext,
  bankDetailFields,
  bankDetailsKeyName,
  bankDetailsPurpose,
} from '@stockade/contracts/purchasing';
import { SealError, type Sealer, type Secrets, sealerOf } from '@stockade/secrets';
import type { SealedColumn } from '@stockade/service-kit';

interface Place {
  tenant_id: string;
  id: string;
}

interface PlainDetails {
  holder: string;
  iban: string | null;
  routingNumber: string | null;
  accountNumber: string | null;
  bic: string | null;
}

/** Opens what purchasing sealed, and seals in the same way. */
export const bankDetailsSealer = (secrets: Secrets): Sealer =>
  sealerOf(secrets, bankDetailsKeyName, bankDetailsPurpose);

export function sealAccount(
  sealer: Sealer,
  { tenant_id, id }: Place,
  { holder, iban, routingNumber, accountNumber, bic }: PlainDetails,
): Buffer {
  const details: BankDetails = {
    ...{ holder, iban, routing_number: routingNumber, account_number: accountNumber, bic },
  };
  return sealer.seal(Buffer.from(JSON.stringify(details)), bankAccountContext(tenant_id, id));
}

/** A tenant's accounts are read anew with every change of what it knows: those that were opened need not be again. */
const opened = new Map<string, BankDetails>();
const maxOpened = 20_000;

/**
 * The row with its details, which older rows have in plain. Null for what does not open: mail goes on being judged, by
 * the other accounts; the job that seals again sounds the alarm.
 */
export function openAccount<R extends Place & { sealed: Buffer | null }>(sealer: Sealer, row: R): R | null {
  if (!row.sealed) return row;
  const context = bankAccountContext(row.tenant_id, row.id);
  const key = `${context} ${row.sealed.toString('base64')}`;
  try {
    const details = opened.get(key) ?? JSON.parse(sealer.open(row.sealed, context).toString());
    opened.delete(key);
    opened.set(key, details);
    if (opened.size > maxOpened) opened.delete(opened.keys().next().value!);
    return { ...row, ...details };
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** Copies of accounts, for the background job that keeps them sealed with the current key. */
export const sealedAccounts: SealedColumn = {
  ...{ table: 'bank_accounts', column: 'sealed', sealer: bankDetailsSealer, context: bankAccountContext },
  plain: { columns: bankDetailFields, where: 'iban is not null or account_number is not null' },
};
