import { type Migration, tenantTable } from '@stockade/database';

/** "No location" and "no lot" as a value, so that a unique key and an index hold them. */
const key = (column: string) =>
  `uuid generated always as (coalesce(${column}, '00000000-0000-0000-0000-000000000000')) stored`;

/**
 * `movements` says what was done, `ledger_entries` what it did to which balance: one entry, for a transfer two. A balance is
 * the sum of its entries. The app role may add to both and change neither.
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
  to_site_id uuid,
  to_location_id uuid,
  quantity numeric(20,6) not null check (quantity <> 0),
  reason text,
  reference text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_type text not null,
  actor_id text not null,
  actor_name text not null,
  reverses_id uuid,
  receipt_id uuid,
  receipt_line_id uuid,
  primary key (tenant_id, id),
  constraint movements_quantity_sign check (quantity > 0 or type = 'ADJUST' or reverses_id is not null),
  constraint movements_target check ((type = 'TRANSFER') = (to_site_id is not null) and (to_location_id is null or to_site_id is not null)),
  constraint movements_receipt check ((receipt_id is null) = (receipt_line_id is null)),
  -- A movement is taken back once, and a line of a receipt posted once, whoever asks how often.
  constraint movements_reversal_key unique (tenant_id, reverses_id),
  constraint movements_receipt_key unique (tenant_id, receipt_id, receipt_line_id),
  foreign key (tenant_id, item_id) references items (tenant_id, id),
  foreign key (tenant_id, site_id) references sites (tenant_id, id),
  foreign key (tenant_id, site_id, location_id) references locations (tenant_id, site_id, id),
  foreign key (tenant_id, item_id, lot_id) references lots (tenant_id, item_id, id),
  foreign key (tenant_id, to_site_id) references sites (tenant_id, id),
  foreign key (tenant_id, to_site_id, to_location_id) references locations (tenant_id, site_id, id),
  foreign key (tenant_id, reverses_id) references movements (tenant_id, id)
);
create index movements_item on movements (tenant_id, item_id, id);
create index movements_site on movements (tenant_id, site_id, id);
create index movements_to_site on movements (tenant_id, to_site_id, id) where to_site_id is not null;
${tenantTable('movements', ['select', 'insert'])}

create table ledger_entries (
  tenant_id uuid not null,
  movement_id uuid not null,
  line smallint not null,
  item_id uuid not null,
  site_id uuid not null,
  location_id uuid,
  lot_id uuid,
  quantity numeric(20,6) not null check (quantity <> 0),
  primary key (tenant_id, movement_id, line),
  foreign key (tenant_id, movement_id) references movements (tenant_id, id)
);
create index ledger_entries_balance on ledger_entries (tenant_id, item_id, site_id);
${tenantTable('ledger_entries', ['select', 'insert'])}

create table balances (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  site_id uuid not null,
  location_id uuid,
  lot_id uuid,
  location_key ${key('location_id')},
  lot_key ${key('lot_id')},
  on_hand numeric(20,6) not null default 0,
  reserved numeric(20,6) not null default 0,
  -- The item's rule, kept here so that the database itself refuses to sell what is not there.
  allow_negative boolean not null,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (tenant_id, id),
  constraint balances_place_key unique (tenant_id, item_id, site_id, location_key, lot_key),
  constraint balances_on_hand check (on_hand >= 0 or allow_negative),
  constraint balances_reserved check (reserved >= 0 and (reserved <= on_hand or allow_negative)),
  foreign key (tenant_id, item_id) references items (tenant_id, id),
  foreign key (tenant_id, site_id) references sites (tenant_id, id),
  foreign key (tenant_id, site_id, location_id) references locations (tenant_id, site_id, id),
  foreign key (tenant_id, item_id, lot_id) references lots (tenant_id, item_id, id)
);
create index balances_site on balances (tenant_id, site_id, id);
${tenantTable('balances', ['select', 'insert', 'update'])}
`,
};
