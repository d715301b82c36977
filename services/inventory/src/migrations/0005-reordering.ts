import { type Migration, systemAccess, tenantTable } from '@stockade/database';
import { kept, resource } from './columns.ts';

export const reordering: Migration = {
  name: '0005-reordering',
  sql: `
create table reorder_rules (${resource}
  item_id uuid not null,
  site_id uuid not null,
  reorder_point numeric(20, 6) not null check (reorder_point >= 0),
  reorder_quantity numeric(20, 6) not null check (reorder_quantity > 0),
  active boolean not null default true,
  primary key (tenant_id, id),
  constraint reorder_rules_place_key unique (tenant_id, item_id, site_id),
  constraint reorder_rules_item_fkey foreign key (tenant_id, item_id) references items (tenant_id, id),
  constraint reorder_rules_site_fkey foreign key (tenant_id, site_id) references sites (tenant_id, id)
);
${tenantTable('reorder_rules', kept)}

-- Items whose stock changed and that have a reorder point: looked at soon after, once for however many movements.
create table reorder_checks (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index reorder_checks_at on reorder_checks (at);
${tenantTable('reorder_checks', ['select', 'insert', 'delete'])}
${systemAccess('reorder_checks', ['select', 'delete'])}

-- Whether stock is below a reorder point: of the item in all (site nil), or at one site by a rule. Its version grows
-- when that changes, which purchasing is told of.
create table reorder_states (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  site_id uuid not null,
  low boolean not null,
  version integer not null default 1,
  available numeric(20, 6) not null,
  reorder_point numeric(20, 6) not null,
  since timestamptz not null default now(),
  primary key (tenant_id, item_id, site_id)
);
create index reorder_states_low on reorder_states (tenant_id, since desc) where low;
${tenantTable('reorder_states', kept)}
`,
};
