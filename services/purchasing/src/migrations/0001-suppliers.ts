import { type Migration, tenantTable } from '@stockade/database';
import { resource } from './columns.ts';

export const suppliers: Migration = {
  name: '0001-suppliers',
  sql: `
create table suppliers (${resource}
  code text not null,
  name text not null,
  mail_domains text[] not null,
  contacts jsonb not null,
  currency text,
  active boolean not null default true,
  primary key (tenant_id, id),
  constraint suppliers_code_key unique (tenant_id, code)
);
${tenantTable('suppliers', ['select', 'insert', 'update'])}

-- Never changed but in its state: an account that is wrong is rejected, another one proposed.
create table bank_accounts (${resource}
  supplier_id uuid not null,
  holder text not null,
  iban text,
  routing_number text,
  account_number text,
  bic text,
  currency text,
  status text not null default 'proposed' check (status in ('proposed', 'verified', 'rejected', 'superseded')),
  proposed_by jsonb not null,
  proposed_by_person uuid not null,
  decided_by jsonb,
  decided_by_person uuid,
  decided_at timestamptz,
  primary key (tenant_id, id),
  constraint bank_accounts_supplier_fkey foreign key (tenant_id, supplier_id) references suppliers (tenant_id, id),
  constraint bank_accounts_two_persons check (status <> 'verified' or decided_by_person <> proposed_by_person),
  check ((iban is not null) <> (routing_number is not null and account_number is not null))
);
create unique index bank_accounts_one_verified on bank_accounts (tenant_id, supplier_id) where status = 'verified';
create index bank_accounts_supplier on bank_accounts (tenant_id, supplier_id, id desc);
${tenantTable('bank_accounts', ['select', 'insert', 'update'])}
`,
};
