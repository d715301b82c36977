import { type Migration, tenantTable } from '@stockade/database';
import { resource } from './columns.ts';

const kept = ['select', 'insert', 'update'] as const;
const nil = `'00000000-0000-0000-0000-000000000000'`;

export const returnsAndSuggestions: Migration = {
  name: '0006-returns-and-suggestions',
  sql: `
-- A receipt is taken back in two steps, for the ledger has the last word. Meanwhile its goods count as received for what
-- may still be received, and as gone for what may be invoiced: whichever way it ends, no rule is broken.
alter table receipts
  add column status text not null default 'received' check (status in ('received', 'reversing', 'reversed')),
  add column reversed_by jsonb,
  add column reversed_at timestamptz,
  add column reversal_reason text,
  add column reversal_refusal text,
  add constraint receipts_posted_before_reversed check (status = 'received' or stock_posting = 'posted');

-- When a hold began, as the clock says under the lock of what it holds: so it compares with the time of an approval.
alter table payment_holds add column placed_at timestamptz not null default clock_timestamp();

alter table purchase_order_lines
  add column going_back numeric(20, 6) not null default 0 check (going_back >= 0 and going_back <= received),
  drop constraint purchase_order_lines_not_over_invoiced,
  add constraint purchase_order_lines_not_over_invoiced
    check (invoiced >= 0 and invoiced <= (received - going_back) * (1 + invoiceable_slack) + accepted_excess);
create index purchase_order_lines_item on purchase_order_lines (tenant_id, item_id, purchase_order_id);

-- The newest that inventory told of an item's stock, at a site or (nil) in all.
create table stock_levels (
  tenant_id uuid not null,
  item_id uuid not null,
  site_id uuid not null,
  version integer not null,
  low boolean not null,
  primary key (tenant_id, item_id, site_id)
);
${tenantTable('stock_levels', kept)}

create table reorder_suggestions (${resource}
  item_id uuid not null,
  site_id uuid not null default ${nil},
  status text not null default 'open' check (status in ('open', 'ordered', 'dismissed', 'obsolete')),
  reorder_point numeric(20, 6) not null,
  quantity numeric(20, 6) not null check (quantity > 0),
  purchase_order_id uuid,
  decided_by jsonb,
  decided_at timestamptz,
  reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, purchase_order_id) references purchase_orders (tenant_id, id),
  check ((status = 'ordered') = (purchase_order_id is not null))
);
create unique index reorder_suggestions_one_open on reorder_suggestions (tenant_id, item_id, site_id) where status = 'open';
create unique index reorder_suggestions_order on reorder_suggestions (tenant_id, purchase_order_id) where purchase_order_id is not null;
create index reorder_suggestions_status on reorder_suggestions (tenant_id, status, id desc);
${tenantTable('reorder_suggestions', kept)}
`,
};
