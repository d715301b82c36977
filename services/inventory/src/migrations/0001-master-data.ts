import { type Migration, tenantTable } from '@stockade/database';

const resource = `
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),`;
const kept = ['select', 'insert', 'update'] as const;

export const masterData: Migration = {
  name: '0001-master-data',
  sql: `
create table sites (${resource}
  code text not null,
  name text not null,
  time_zone text not null default 'UTC',
  active boolean not null default true,
  primary key (tenant_id, id),
  constraint sites_code_key unique (tenant_id, code)
);
${tenantTable('sites', kept)}

create table locations (${resource}
  site_id uuid not null,
  code text not null,
  name text not null,
  active boolean not null default true,
  primary key (tenant_id, id),
  constraint locations_code_key unique (tenant_id, site_id, code),
  -- A location is named together with its site.
  constraint locations_site_key unique (tenant_id, site_id, id),
  constraint locations_site_fkey foreign key (tenant_id, site_id) references sites (tenant_id, id)
);
${tenantTable('locations', kept)}

create table items (${resource}
  sku text not null,
  name text not null,
  unit text not null check (unit in ('each', 'kg', 'g', 'l', 'm', 'm2', 'box', 'pallet')),
  description text,
  barcode text,
  reorder_point numeric(20, 6) check (reorder_point >= 0),
  reorder_quantity numeric(20, 6) check (reorder_quantity > 0),
  allow_negative boolean not null default false,
  lot_tracked boolean not null default false,
  active boolean not null default true,
  primary key (tenant_id, id),
  constraint items_sku_key unique (tenant_id, sku),
  constraint items_barcode_key unique (tenant_id, barcode)
);
${tenantTable('items', kept)}

create table lots (${resource}
  item_id uuid not null,
  code text not null,
  expires_at timestamptz,
  primary key (tenant_id, id),
  constraint lots_code_key unique (tenant_id, item_id, code),
  constraint lots_item_key unique (tenant_id, item_id, id),
  constraint lots_item_fkey foreign key (tenant_id, item_id) references items (tenant_id, id)
);
${tenantTable('lots', kept)}
`,
};
