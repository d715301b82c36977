import { type Migration, tenantTable } from '@stockade/database';

const columns = `
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,`;
const copied = ['select', 'insert', 'update'] as const;

/** Copies of what other services own, fed by their events: the scanner asks nobody while it judges a mail. */
export const projections: Migration = {
  name: '0002-projections',
  sql: `
create table suppliers (${columns}
  code text not null,
  name text not null,
  mail_domains text[] not null,
  contacts jsonb not null,
  active boolean not null,
  primary key (tenant_id, id)
);
${tenantTable('suppliers', copied)}

create table bank_accounts (${columns}
  supplier_id uuid not null,
  status text not null,
  holder text not null,
  iban text,
  routing_number text,
  account_number text,
  bic text,
  primary key (tenant_id, id)
);
create index bank_accounts_supplier on bank_accounts (tenant_id, supplier_id);
${tenantTable('bank_accounts', copied)}

create table orders (${columns}
  number text not null,
  supplier_id uuid not null,
  site_id uuid not null,
  status text not null,
  total numeric(20, 6) not null,
  currency text not null,
  on_hold boolean not null,
  primary key (tenant_id, id)
);
create index orders_number on orders (tenant_id, number);
${tenantTable('orders', copied)}

create table users (${columns}
  email text not null,
  name text not null,
  role text not null,
  active boolean not null,
  primary key (tenant_id, id)
);
${tenantTable('users', copied)}

create table tenants (${columns}
  name text not null,
  mail_domains text[] not null,
  active boolean not null,
  primary key (tenant_id, id)
);
${tenantTable('tenants', copied)}
`,
};
