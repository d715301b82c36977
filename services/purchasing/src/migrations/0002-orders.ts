import { type Migration, tenantTable } from '@stockade/database';
import { resource } from './columns.ts';

const copied = ['select', 'insert', 'update'] as const;

export const orders: Migration = {
  name: '0002-orders',
  sql: `
-- Copies of what inventory owns, fed by its events.
create table items (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,
  sku text not null,
  name text not null,
  unit text not null,
  active boolean not null,
  primary key (tenant_id, id)
);
${tenantTable('items', copied)}
create table sites (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,
  code text not null,
  name text not null,
  active boolean not null,
  primary key (tenant_id, id)
);
${tenantTable('sites', copied)}

-- A tenant without a row has the defaults.
create table settings (
  tenant_id uuid not null,
  approval_threshold numeric(20, 6) not null default 10000 check (approval_threshold >= 0),
  receipt_tolerance numeric(9, 6) not null default 0 check (receipt_tolerance between 0 and 1),
  primary key (tenant_id)
);
${tenantTable('settings', copied)}

create table order_counters (
  tenant_id uuid not null,
  year integer not null,
  last integer not null,
  primary key (tenant_id, year)
);
${tenantTable('order_counters', copied)}

create table purchase_orders (${resource}
  number text not null,
  supplier_id uuid not null,
  site_id uuid not null,
  currency text not null,
  status text not null default 'draft' check (status in ('draft', 'pending_approval', 'approved', 'sent', 'partially_received', 'received', 'closed', 'cancelled')),
  total numeric(26, 6) not null check (total >= 0),
  expected_at timestamptz,
  created_by jsonb not null,
  created_by_person uuid not null,
  primary key (tenant_id, id),
  constraint purchase_orders_number_key unique (tenant_id, number),
  foreign key (tenant_id, supplier_id) references suppliers (tenant_id, id)
);
create index purchase_orders_supplier on purchase_orders (tenant_id, supplier_id, id desc);
create index purchase_orders_status on purchase_orders (tenant_id, status, id desc);
${tenantTable('purchase_orders', copied)}

-- receivable: what was ordered and the tolerance on top, as it was when the order was made.
create table purchase_order_lines (
  tenant_id uuid not null,
  id uuid not null,
  purchase_order_id uuid not null,
  position smallint not null,
  item_id uuid not null,
  quantity numeric(20, 6) not null check (quantity > 0),
  unit_price numeric(20, 6) not null check (unit_price >= 0),
  receivable numeric(26, 6) not null,
  received numeric(20, 6) not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, purchase_order_id, position),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
  constraint purchase_order_lines_not_over_received check (received >= 0 and received <= receivable)
);
${tenantTable('purchase_order_lines', copied)}

create table order_approvals (
  tenant_id uuid not null,
  purchase_order_id uuid not null,
  person_id uuid not null,
  by jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, purchase_order_id, person_id),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id)
);
${tenantTable('order_approvals', ['select', 'insert', 'delete'])}
`,
};
