import { type Migration, tenantTable } from '@stockade/database';
import { resource } from './columns.ts';

const kept = ['select', 'insert', 'update'] as const;

export const settingsAndInvoices: Migration = {
  name: '0004-settings-and-invoices',
  sql: `
alter table settings
  add column price_tolerance numeric(9, 6) not null default 0 check (price_tolerance between 0 and 1),
  add column quantity_tolerance numeric(9, 6) not null default 0 check (quantity_tolerance between 0 and 1),
  add column version integer not null default 1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

create table invoices (${resource}
  supplier_id uuid not null,
  purchase_order_id uuid,
  number text not null,
  normalized_number text not null check (normalized_number <> ''),
  issued_at timestamptz not null,
  currency text not null,
  status text not null default 'received' check (status in ('received', 'approved', 'held', 'cancelled')),
  total numeric(26, 6) not null check (total >= 0),
  iban text,
  routing_number text,
  account_number text,
  bic text,
  created_by jsonb not null,
  created_by_person uuid not null,
  approved_by jsonb,
  approved_by_person uuid,
  approved_at timestamptz,
  approved_match jsonb,
  acceptance_reason text,
  primary key (tenant_id, id),
  constraint invoices_state_key unique (tenant_id, id, status),
  foreign key (tenant_id, supplier_id) references suppliers (tenant_id, id),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
  check ((status = 'approved') = (approved_by is not null and approved_by_person is not null and approved_at is not null and approved_match is not null)),
  constraint invoices_two_persons check (approved_by_person <> created_by_person)
);
create unique index invoices_number_key on invoices (tenant_id, supplier_id, normalized_number) where status <> 'cancelled';
create index invoices_supplier on invoices (tenant_id, supplier_id, id desc);
create index invoices_normalized_number on invoices (tenant_id, normalized_number, id desc);
create index invoices_order on invoices (tenant_id, purchase_order_id, id desc);
create index invoices_status on invoices (tenant_id, status, id desc);
${tenantTable('invoices', kept)}

create table invoice_lines (
  tenant_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  position smallint not null,
  order_line_id uuid,
  description text,
  quantity numeric(20, 6) not null check (quantity > 0),
  unit_price numeric(20, 6) not null check (unit_price >= 0),
  amount numeric(26, 6) not null check (amount >= 0),
  primary key (tenant_id, id),
  unique (tenant_id, invoice_id, position),
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, id),
  foreign key (tenant_id, order_line_id) references purchase_order_lines (tenant_id, id)
);
create index invoice_lines_order_line on invoice_lines (tenant_id, order_line_id);
${tenantTable('invoice_lines', ['select', 'insert'])}

-- invoiced: on approved invoices. Slack is the tolerance, and accepted_excess what a second person accepted beyond it,
-- both as of the latest approval: no receipt is taken back, and no invoice approved, past what they allow.
alter table purchase_order_lines
  add column invoiced numeric(26, 6) not null default 0,
  add column invoiceable_slack numeric(9, 6) not null default 0 check (invoiceable_slack between 0 and 1),
  add column accepted_excess numeric(38, 12) not null default 0 check (accepted_excess >= 0),
  add constraint purchase_order_lines_not_over_invoiced
    check (invoiced >= 0 and invoiced <= received * (1 + invoiceable_slack) + accepted_excess);

-- While a hold of an invoice is open, its invoice is held and nothing else: the foreign key sees to it.
alter table payment_holds
  alter column purchase_order_id drop not null,
  add column invoice_id uuid,
  add column invoice_state text generated always as (case when invoice_id is not null and status = 'open' then 'held' end) stored,
  add column placed_by jsonb,
  add column placed_by_person uuid,
  add column released_by_person uuid,
  add constraint payment_holds_one_subject check ((purchase_order_id is null) <> (invoice_id is null)),
  add constraint payment_holds_two_persons check (released_by_person <> placed_by_person),
  add constraint payment_holds_invoice_fkey foreign key (tenant_id, invoice_id) references invoices (tenant_id, id),
  add constraint payment_holds_invoice_held_fkey foreign key (tenant_id, invoice_id, invoice_state) references invoices (tenant_id, id, status);
create unique index payment_holds_one_open_invoice on payment_holds (tenant_id, invoice_id) where status = 'open';
create index payment_holds_invoice on payment_holds (tenant_id, invoice_id, id desc);
`,
};
