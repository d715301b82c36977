import { type Migration, tenantTable } from '@stockade/database';
import { resource } from './columns.ts';

const kept = ['select', 'insert', 'update'] as const;

export const receiptsAndHolds: Migration = {
  name: '0003-receipts-and-holds',
  sql: `
create table receipts (${resource}
  purchase_order_id uuid not null,
  reference text,
  received_at timestamptz not null,
  received_by jsonb not null,
  stock_posting text not null default 'pending' check (stock_posting in ('pending', 'posted')),
  primary key (tenant_id, id),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id)
);
create index receipts_order on receipts (tenant_id, purchase_order_id, id desc);
${tenantTable('receipts', kept)}

create table receipt_lines (
  tenant_id uuid not null,
  id uuid not null,
  receipt_id uuid not null,
  order_line_id uuid not null,
  quantity numeric(20, 6) not null check (quantity > 0),
  lot_id uuid,
  movement_id uuid,
  held_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, receipt_id) references receipts (tenant_id, id),
  foreign key (tenant_id, order_line_id) references purchase_order_lines (tenant_id, id)
);
create index receipt_lines_receipt on receipt_lines (tenant_id, receipt_id);
${tenantTable('receipt_lines', kept)}

create table payment_holds (${resource}
  purchase_order_id uuid not null,
  supplier_id uuid not null,
  reason text not null,
  status text not null default 'open' check (status in ('open', 'released')),
  released_by jsonb,
  released_at timestamptz,
  release_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
  check ((status = 'released') = (released_by is not null and released_at is not null and release_reason is not null))
);
create unique index payment_holds_one_open on payment_holds (tenant_id, purchase_order_id) where status = 'open';
create index payment_holds_supplier on payment_holds (tenant_id, supplier_id, id desc);
${tenantTable('payment_holds', kept)}

create table payment_hold_evidence (
  tenant_id uuid not null,
  hold_id uuid not null,
  message_id uuid not null,
  reason text not null,
  score integer not null,
  findings jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, hold_id, message_id),
  foreign key (tenant_id, hold_id) references payment_holds (tenant_id, id)
);
${tenantTable('payment_hold_evidence', ['select', 'insert'])}
`,
};
