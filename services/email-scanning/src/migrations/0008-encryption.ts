import type { Migration } from '@stockade/database';

/** Which key a value was sealed with: bytes two to nine. The background job looks for those of other keys. */
const keyIndex = (table: string, column: string) =>
  `create index ${table}_${column}_key on ${table} (substring(${column} from 2 for 8)) where ${column} is not null;`;

/**
 * Copies of bank details are sealed as purchasing's are; the columns that held them in plain are emptied by a job. A webhook's
 * secret is replaced with an overlap: the one before is good until a time.
 */
export const encryption: Migration = {
  name: '0008-encryption',
  sql: `
alter table bank_accounts add column sealed bytea;
alter table bank_accounts alter column holder drop not null;
alter table bank_accounts add constraint bank_accounts_details check (
  sealed is null or num_nonnulls(holder, iban, routing_number, account_number, bic) = 0) not valid;
alter table bank_accounts validate constraint bank_accounts_details;
create index bank_accounts_plain on bank_accounts (tenant_id)
  where sealed is null and (iban is not null or account_number is not null);
create policy system_access on bank_accounts for select to :system using (true);
grant select (tenant_id, id, sealed, iban, account_number) on bank_accounts to :system;

alter table sources add column previous_secret bytea, add column previous_secret_until timestamptz;
alter table sources add constraint sources_previous_secret check (
  (previous_secret is null) = (previous_secret_until is null));

${keyIndex('bank_accounts', 'sealed')}
${keyIndex('sources', 'secret')}
${keyIndex('sources', 'previous_secret')}
`,
};
