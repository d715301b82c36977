import { type Migration, tenantTable } from '@stockade/database';

const nil = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * Each balance counts its entries: an entry knows its position and what was on hand after it, both given under the
 * balance's lock. That a place, an item or a lot is there is checked once for each balance, by its foreign keys, and
 * not again for each movement.
 */
export const postings: Migration = {
  name: '0003-postings',
  sql: `
alter table items add conversions jsonb not null default '[]';

alter table movements
  drop constraint movements_item_fkey, drop constraint movements_site_fkey, drop constraint movements_location_fkey,
  drop constraint movements_lot_fkey, drop constraint movements_to_site_fkey, drop constraint movements_to_location_fkey,
  drop constraint movements_type_check, drop constraint movements_check,
  drop constraint movements_reverses_key, drop constraint movements_source_key,
  add constraint movements_type_check check (type in ('RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER', 'CONSUME', 'PRODUCE', 'COUNT')),
  add constraint movements_sign_check check (reverses_id is not null or type in ('ADJUST', 'COUNT') or quantity > 0),
  add entered_quantity numeric(20, 6),
  add entered_unit text,
  -- A transfer by way of transit has two movements: out of the one site and into the other (or back again).
  add leg text check (leg in ('out', 'in', 'back')),
  add constraint movements_leg_of_transfer check (leg is null or type = 'TRANSFER');
create unique index movements_reverses_key on movements (tenant_id, reverses_id) where reverses_id is not null;
create unique index movements_source_key on movements (tenant_id, source) where source is not null;
create index movements_to_site on movements (tenant_id, to_site_id, id desc) where to_site_id is not null;
create index movements_location on movements (tenant_id, location_id, id desc) where location_id is not null;
create index movements_to_location on movements (tenant_id, to_location_id, id desc) where to_location_id is not null;
create index movements_lot on movements (tenant_id, lot_id, id desc) where lot_id is not null;
-- Of the frequent types the newest are found by going back in time.
create index movements_rare_type on movements (tenant_id, type, id desc) where type not in ('RECEIVE', 'ISSUE');

alter table balances
  add position bigint not null default 0,
  add location_ref uuid generated always as (nullif(location_id, ${nil})) stored,
  add lot_ref uuid generated always as (nullif(lot_id, ${nil})) stored,
  add constraint balances_location_fkey foreign key (tenant_id, site_id, location_ref) references locations (tenant_id, site_id, id),
  add constraint balances_lot_fkey foreign key (tenant_id, item_id, lot_ref) references lots (tenant_id, item_id, id);
alter table balances set (fillfactor = 70);
create index balances_location on balances (tenant_id, location_ref, id desc) where location_ref is not null;
create index balances_lot on balances (tenant_id, lot_ref) where lot_ref is not null;

-- Without foreign keys: write_postings, the only way in, writes an entry together with its movement and takes its
-- balance's id from the locked balance. Two checks a row were a third of what a posting costs.
alter table ledger_entries rename to ledger_entries_by_place;
create table ledger_entries (
  tenant_id uuid not null,
  balance_id uuid not null,
  position bigint not null check (position > 0),
  movement_id uuid not null,
  line smallint not null,
  quantity numeric(20, 6) not null check (quantity <> 0),
  -- What was on hand after it.
  on_hand numeric(20, 6) not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, balance_id, position),
  constraint ledger_entries_movement_line_key unique (tenant_id, movement_id, line)
);
create index ledger_entries_occurred on ledger_entries (tenant_id, balance_id, occurred_at);

-- What was posted before is numbered in the order of its recording. The owner has to see the rows for that.
alter table ledger_entries_by_place no force row level security;
alter table balances no force row level security;
alter table movements no force row level security;
insert into ledger_entries (tenant_id, balance_id, position, movement_id, line, quantity, on_hand, occurred_at, recorded_at)
select e.tenant_id, b.id, row_number() over w, e.movement_id, e.line, e.quantity, sum(e.quantity) over w, e.occurred_at, m.recorded_at
from ledger_entries_by_place e
join balances b using (tenant_id, item_id, site_id, location_id, lot_id)
join movements m on (m.tenant_id, m.id) = (e.tenant_id, e.movement_id)
window w as (partition by e.tenant_id, b.id order by m.sequence, e.line rows unbounded preceding);
update balances b set position = n.entries
from (select tenant_id, balance_id, max(position) as entries from ledger_entries group by 1, 2) n
where (n.tenant_id, n.balance_id) = (b.tenant_id, b.id);
alter table balances force row level security;
drop table ledger_entries_by_place;
${tenantTable('ledger_entries', ['select', 'insert'])}

-- How many movements a site had on a day of its own calendar. Shards keep postings from waiting for one another.
create table movement_counts (
  tenant_id uuid not null,
  site_id uuid not null,
  day date not null,
  type text not null,
  shard smallint not null,
  movements bigint not null,
  primary key (tenant_id, day, site_id, type, shard)
) with (fillfactor = 50);
${tenantTable('movement_counts', ['select', 'insert', 'update'])}

create table last_receipts (
  tenant_id uuid not null,
  item_id uuid not null,
  movement_id uuid not null,
  site_id uuid not null,
  quantity numeric(20, 6) not null,
  received_at timestamptz not null,
  primary key (tenant_id, item_id)
) with (fillfactor = 70);
create index last_receipts_newest on last_receipts (tenant_id, movement_id desc);
${tenantTable('last_receipts', ['select', 'insert', 'update'])}

-- What was posted before counts as well.
alter table sites no force row level security;
alter table movement_counts no force row level security;
alter table last_receipts no force row level security;
insert into movement_counts (tenant_id, site_id, day, type, shard, movements)
select m.tenant_id, m.site_id, (m.occurred_at at time zone s.time_zone)::date, m.type, 0, count(*)
from movements m join sites s on (s.tenant_id, s.id) = (m.tenant_id, m.site_id) group by 1, 2, 3, 4;
insert into last_receipts (tenant_id, item_id, movement_id, site_id, quantity, received_at)
select distinct on (tenant_id, item_id) tenant_id, item_id, id, site_id, quantity, occurred_at
from movements where type = 'RECEIVE' and reverses_id is null order by tenant_id, item_id, id desc;
alter table sites force row level security;
alter table movement_counts force row level security;
alter table last_receipts force row level security;
alter table movements force row level security;
`,
};
