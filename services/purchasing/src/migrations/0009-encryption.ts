import type { Migration } from '@stockade/database';

/** Which key a value was sealed with: bytes two to nine. The background job looks for those of other keys. */
const sealing = (table: string) => `
alter table ${table} add column sealed bytea;
create index ${table}_sealed_key on ${table} (substring(sealed from 2 for 8)) where sealed is not null;
create index ${table}_plain on ${table} (tenant_id)
  where sealed is null and (iban is not null or account_number is not null);
create policy system_access on ${table} for select to :system using (true);
grant select (tenant_id, id, sealed, iban, account_number) on ${table} to :system;
`;

/**
 * Bank details are sealed: holder, IBAN, routing and account number, BIC in one value. The columns that held them in plain
 * are emptied by a job, and read until it is done.
 */
export const encryption: Migration = {
  name: '0009-encryption',
  sql: `
${sealing('bank_accounts')}
${sealing('invoices')}
alter table bank_accounts alter column holder drop not null;
alter table bank_accounts drop constraint bank_accounts_check;
alter table bank_accounts add constraint bank_accounts_details check (
  case when sealed is null
    then holder is not null and (iban is not null) <> (routing_number is not null and account_number is not null)
    else num_nonnulls(holder, iban, routing_number, account_number, bic) = 0 end) not valid;
alter table bank_accounts validate constraint bank_accounts_details;
alter table invoices add constraint invoices_details check (
  sealed is null or num_nonnulls(iban, routing_number, account_number, bic) = 0) not valid;
alter table invoices validate constraint invoices_details;
`,
};
