import { type Migration, tenantTable } from '@stockade/database';

/**
 * A movement is what somebody did; its entries are what that does to balances, one for each place. Both are only ever
 * added: the app role may not change or remove them. The nil id stands for "no location" and "no lot" where a key
 * needs a value.
 */
export const ledger: Migration = {
  name: '0002-ledger',
  sql: `
create table movements (
  tenant_id uuid not null,
  id uuid not null,
  sequence bigint generated always as identity,
  type text not null check (type in ('RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER')),
  item_id uuid not null,
  site_id uuid not null,
  location_id uuid,
  lot_id uuid,
  quantity numeric(20, 6) not null check (quantity <> 0),
  to_site_id uuid,
  to_location_id uuid,
  reason text,
  reference text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  actor jsonb not null,
  reverses_id uuid,
  -- What the movement was made from, when that was an event: one movement for each receipt line.
  source text,
  primary key (tenant_id, id),
  constraint movements_reverses_key unique (tenant_id, reverses_id),
  constraint movements_source_key unique (tenant_id, source),
  constraint movements_item_fkey foreign key (tenant_id, item_id) references items (tenant_id, id),
  constraint movements_site_fkey foreign key (tenant_id, site_id) references sites (tenant_id, id),
  constraint movements_location_fkey foreign key (tenant_id, site_id, location_id) references locations (tenant_id, site_id, id),
  constraint movements_lot_fkey foreign key (tenant_id, item_id, lot_id) references lots (tenant_id, item_id, id),
  constraint movements_to_site_fkey foreign key (tenant_id, to_site_id) references sites (tenant_id, id),
  constraint movements_to_location_fkey foreign key (tenant_id, to_site_id, to_location_id) references locations (tenant_id, site_id, id),
  constraint movements_reverses_fkey foreign key (tenant_id, reverses_id) references movements (tenant_id, id),
  check (reverses_id is not null or type = 'ADJUST' or quantity > 0),
  check ((type = 'TRANSFER') = (to_site_id is not null)),
  check (to_location_id is null or to_site_id is not null)
);
create index movements_item on movements (tenant_id, item_id, id desc);
create index movements_site on movements (tenant_id, site_id, id desc);
create index movements_reference on movements (tenant_id, reference, id desc) where reference is not null;
${tenantTable('movements', ['select', 'insert'])}

create table balances (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  site_id uuid not null,
  location_id uuid not null,
  lot_id uuid not null,
  on_hand numeric(20, 6) not null default 0,
  reserved numeric(20, 6) not null default 0 check (reserved >= 0),
  allow_negative boolean not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, item_id, site_id, location_id, lot_id),
  constraint balances_id_key unique (tenant_id, id),
  constraint balances_not_below_zero check (allow_negative or on_hand >= reserved),
  foreign key (tenant_id, item_id) references items (tenant_id, id),
  foreign key (tenant_id, site_id) references sites (tenant_id, id)
);
create index balances_site on balances (tenant_id, site_id, id desc);
${tenantTable('balances', ['select', 'insert', 'update'])}

create table ledger_entries (
  tenant_id uuid not null,
  movement_id uuid not null,
  line smallint not null,
  item_id uuid not null,
  site_id uuid not null,
  location_id uuid not null,
  lot_id uuid not null,
  quantity numeric(20, 6) not null check (quantity <> 0),
  occurred_at timestamptz not null,
  primary key (tenant_id, movement_id, line),
  foreign key (tenant_id, movement_id) references movements (tenant_id, id)
);
create index ledger_entries_place on ledger_entries (tenant_id, item_id, site_id, location_id, lot_id, occurred_at);
${tenantTable('ledger_entries', ['select', 'insert'])}
`,
};
