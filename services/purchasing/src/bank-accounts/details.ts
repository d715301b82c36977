import {
  type BankDetails,
  bankAccountContext,
  bankDetailFields,
  bankDetailsKeyName,
  bankDetailsPurpose,
} from '@stockade/contracts/purchasing';
import { type Secrets, sealerOf } from '@stockade/secrets';
import type { SealedColumn } from '@stockade/service-kit';

/** Where details stand in the database: sealed, or in plain from before. */
export interface StoredDetails extends BankDetails {
  tenant_id: string;
  id: string;
  sealed: Buffer | null;
}

/** Seals and opens bank details of one kind of row. */
export interface DetailsSealer {
  seal(row: { tenant_id: string; id: string }, details: Partial<BankDetails>): Buffer;
  /** The row with its details; throws a SealError when they were changed or belong to another row. */
  open<R extends Omit<StoredDetails, 'holder'>>(row: R): R;
}

type Context = (tenantId: string, id: string) => string;
const invoiceContext: Context = (tenantId, id) => `invoice ${tenantId} ${id}`;

const detailsSealer = (secrets: Secrets) => sealerOf(secrets, bankDetailsKeyName, bankDetailsPurpose);

function createDetailsSealer(secrets: Secrets, context: Context): DetailsSealer {
  const sealer = detailsSealer(secrets);
  return {
    seal({ tenant_id, id }, details) {
      const all = Object.fromEntries(bankDetailFields.map((field) => [field, details[field] ?? null]));
      return sealer.seal(Buffer.from(JSON.stringify(all)), context(tenant_id, id));
    },
    open(row) {
      if (!row.sealed) return row;
      const opened = sealer.open(row.sealed, context(row.tenant_id, row.id));
      return { ...row, ...(JSON.parse(opened.toString()) as BankDetails) };
    },
  };
}

export const accountDetails = (secrets: Secrets) => createDetailsSealer(secrets, bankAccountContext);

/** What those need who compare an invoice's account with the supplier's. */
export interface DetailsSealers {
  accounts: DetailsSealer;
  invoices: DetailsSealer;
}
export const detailsSealers = (secrets: Secrets): DetailsSealers => ({
  accounts: accountDetails(secrets),
  invoices: createDetailsSealer(secrets, invoiceContext),
});

/** For commands whose answers show bank details: what is kept of them is sealed as well. */
export const keptSealed = (secrets: Secrets) => ({ sealer: detailsSealer(secrets) });

/** What the background job keeps sealed with the current key. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    ...{ table: 'bank_accounts', column: 'sealed', sealer: detailsSealer, context: bankAccountContext },
    plain: { columns: bankDetailFields, where: 'iban is not null or account_number is not null' },
  },
  {
    ...{ table: 'invoices', column: 'sealed', sealer: detailsSealer, context: invoiceContext },
    plain: {
      columns: bankDetailFields.filter((field) => field !== 'holder'),
      where: 'iban is not null or account_number is not null',
    },
  },
];
