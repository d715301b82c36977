import { type Migration, tenantTable } from '@stockade/database';

const resource = `
  tenant_id uuid not null,
  id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1 check (version > 0),
  primary key (tenant_id, id)`;

export const masterData: Migration = {
  name: '0001-master-data',
  sql: `
create table sites (${resource},
  code text not null,
  name text not null,
  time_zone text not null,
  active boolean not null default true,
  constraint sites_code_key unique (tenant_id, code)
);
${tenantTable('sites', ['select', 'insert', 'update'])}

create table locations (${resource},
  site_id uuid not null,
  code text not null,
  name text,
  active boolean not null default true,
  constraint locations_code_key unique (tenant_id, site_id, code),
  -- What stands at a location refers to both, so that a location of another site cannot be named.
  constraint locations_site_key unique (tenant_id, site_id, id),
  foreign key (tenant_id, site_id) references sites (tenant_id, id)
);
${tenantTable('locations', ['select', 'insert', 'update'])}

create table items (${resource},
  sku text not null,
  name text not null,
  unit text not null check (unit in ('each', 'kg', 'g', 'l', 'm', 'm2', 'box', 'pallet')),
  description text,
  barcode text,
  reorder_point numeric(20,6) check (reorder_point >= 0),
  reorder_quantity numeric(20,6) check (reorder_quantity >= 0),
  allow_negative boolean not null,
  lot_tracked boolean not null,
  active boolean not null default true,
  constraint items_sku_key unique (tenant_id, sku),
  constraint items_barcode_key unique (tenant_id, barcode)
);
${tenantTable('items', ['select', 'insert', 'update'])}

create table lots (${resource},
  item_id uuid not null,
  code text not null,
  expires_at timestamptz,
  constraint lots_code_key unique (tenant_id, item_id, code),
  constraint lots_item_key unique (tenant_id, item_id, id),
  foreign key (tenant_id, item_id) references items (tenant_id, id)
);
${tenantTable('lots', ['select', 'insert', 'update'])}
`,
};
