import { type Migration, tenantTable } from '@stockade/database';
import { kept, resource } from './columns.ts';

export const countsAndProduction: Migration = {
  name: '0007-counts-and-production',
  sql: `
create table cycle_counts (${resource}
  site_id uuid not null,
  location_id uuid,
  item_ids uuid[],
  status text not null default 'draft' check (status in ('draft', 'counting', 'submitted', 'approved', 'rejected')),
  reference text,
  counter_id uuid not null,
  -- Everybody who counted in one of its rounds.
  counters uuid[] not null,
  round smallint not null default 1,
  started_at timestamptz,
  submitted_at timestamptz,
  decided_by jsonb,
  decided_by_person uuid,
  decided_at timestamptz,
  reason text,
  primary key (tenant_id, id),
  constraint cycle_counts_site_fkey foreign key (tenant_id, site_id) references sites (tenant_id, id),
  constraint cycle_counts_location_fkey foreign key (tenant_id, site_id, location_id) references locations (tenant_id, site_id, id),
  constraint cycle_counts_other_approver check (status <> 'approved' or decided_by_person <> all (counters))
);
create index cycle_counts_open on cycle_counts (tenant_id, id desc) where status in ('draft', 'counting', 'submitted');
create index cycle_counts_counters on cycle_counts using gin (counters) where status in ('counting', 'submitted');
${tenantTable('cycle_counts', kept)}

create table cycle_count_lines (
  tenant_id uuid not null,
  id uuid not null,
  cycle_count_id uuid not null,
  item_id uuid not null,
  site_id uuid not null,
  location_id uuid not null,
  lot_id uuid not null,
  -- While it is counted no other count may have it.
  open boolean not null default true,
  to_count boolean not null default true,
  counted numeric(20, 6) check (counted >= 0),
  counted_at timestamptz,
  -- The balance's last entry when it was counted, and what was on hand by it.
  position bigint,
  expected numeric(20, 6),
  movement_id uuid,
  primary key (tenant_id, id),
  constraint cycle_count_lines_place_key unique (tenant_id, cycle_count_id, item_id, location_id, lot_id),
  foreign key (tenant_id, cycle_count_id) references cycle_counts (tenant_id, id),
  check ((counted is null) = (expected is null))
);
create unique index cycle_count_lines_open_key on cycle_count_lines (tenant_id, item_id, site_id, location_id, lot_id) where open;
${tenantTable('cycle_count_lines', kept)}

create table boms (${resource}
  item_id uuid not null,
  quantity numeric(20, 6) not null check (quantity > 0),
  active boolean not null default true,
  primary key (tenant_id, id),
  constraint boms_item_fkey foreign key (tenant_id, item_id) references items (tenant_id, id)
);
create unique index boms_one_active on boms (tenant_id, item_id) where active;
${tenantTable('boms', kept)}

create table bom_lines (
  tenant_id uuid not null,
  bom_id uuid not null,
  no smallint not null,
  item_id uuid not null,
  quantity numeric(20, 6) not null check (quantity > 0),
  primary key (tenant_id, bom_id, no),
  constraint bom_lines_item_key unique (tenant_id, bom_id, item_id),
  foreign key (tenant_id, bom_id) references boms (tenant_id, id),
  constraint bom_lines_item_fkey foreign key (tenant_id, item_id) references items (tenant_id, id)
);
${tenantTable('bom_lines', ['select', 'insert', 'delete'])}

create table production_orders (${resource}
  item_id uuid not null,
  bom_id uuid not null,
  site_id uuid not null,
  status text not null default 'draft' check (status in ('draft', 'released', 'completed', 'cancelled')),
  quantity numeric(20, 6) not null check (quantity > 0),
  produced numeric(20, 6) not null default 0,
  reference text,
  completed_at timestamptz,
  primary key (tenant_id, id),
  constraint production_orders_bom_fkey foreign key (tenant_id, bom_id) references boms (tenant_id, id),
  constraint production_orders_site_fkey foreign key (tenant_id, site_id) references sites (tenant_id, id),
  check ((status = 'completed') = (produced > 0))
);
create index production_orders_open on production_orders (tenant_id, id desc) where status in ('draft', 'released');
${tenantTable('production_orders', kept)}

create table production_lines (
  tenant_id uuid not null,
  id uuid not null,
  production_order_id uuid not null,
  no smallint not null,
  item_id uuid not null,
  required numeric(20, 6) not null check (required > 0),
  consumed numeric(20, 6) not null default 0 check (consumed >= 0),
  -- How many movements there are of it: their sources are numbered.
  consumptions integer not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, production_order_id, no),
  foreign key (tenant_id, production_order_id) references production_orders (tenant_id, id)
);
${tenantTable('production_lines', kept)}
`,
};
