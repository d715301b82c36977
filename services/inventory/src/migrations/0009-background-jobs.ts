import { type Migration, tenantTable } from '@stockade/database';

/**
 * What imports and exports need to be taken over when a process dies, and what the dashboard reads: expiring lots that
 * are on hand, kept where stock comes to be and goes, so that nobody looks through all the lots there ever were.
 */
export const backgroundJobs: Migration = {
  name: '0009-background-jobs',
  sql: `
-- Names the process that works on it. Whatever it commits asks for its own name first.
alter table imports add lease uuid;
alter table exports add lease uuid;
create index imports_running on imports (tenant_id) where status = 'running';
create index exports_running on exports (tenant_id) where status = 'running';
grant delete on export_chunks to :app;

create index items_active on items (tenant_id) where active;
create index reorder_states_low_site on reorder_states (tenant_id, site_id, since desc) where low;
create index last_receipts_site on last_receipts (tenant_id, site_id, movement_id desc);

create table expiring_stock (
  tenant_id uuid not null,
  balance_id uuid not null,
  lot_id uuid not null,
  item_id uuid not null,
  site_id uuid not null,
  expires_at timestamptz not null,
  primary key (tenant_id, balance_id)
);
create index expiring_stock_expires on expiring_stock (tenant_id, expires_at);
create index expiring_stock_lot on expiring_stock (tenant_id, lot_id);
${tenantTable('expiring_stock', ['select', 'insert', 'update', 'delete'])}

-- Holds the lot's row, so that its expiry does not change unseen.
create function keep_expiring_stock() returns trigger language plpgsql as $$
declare
  expiry timestamptz;
begin
  select expires_at into expiry from lots where tenant_id = new.tenant_id and id = new.lot_id for share;
  if new.on_hand > 0 and expiry is not null then
    insert into expiring_stock (tenant_id, balance_id, lot_id, item_id, site_id, expires_at)
    values (new.tenant_id, new.id, new.lot_id, new.item_id, new.site_id, expiry)
    on conflict (tenant_id, balance_id) do update set expires_at = excluded.expires_at;
  else
    delete from expiring_stock where tenant_id = new.tenant_id and balance_id = new.id;
  end if;
  return null;
end $$;
create trigger balances_expiring_stock after update of on_hand on balances for each row
  when (new.lot_ref is not null and (new.on_hand > 0) <> (old.on_hand > 0)) execute function keep_expiring_stock();

create function move_expiring_stock() returns trigger language plpgsql as $$
begin
  delete from expiring_stock where tenant_id = new.tenant_id and lot_id = new.id;
  insert into expiring_stock (tenant_id, balance_id, lot_id, item_id, site_id, expires_at)
  select b.tenant_id, b.id, new.id, b.item_id, b.site_id, new.expires_at
  from balances b
  where b.tenant_id = new.tenant_id and b.lot_ref = new.id and b.on_hand > 0 and new.expires_at is not null
  on conflict (tenant_id, balance_id) do update set expires_at = excluded.expires_at;
  return null;
end $$;
create trigger lots_expiring_stock after update of expires_at on lots for each row
  when (new.expires_at is distinct from old.expires_at) execute function move_expiring_stock();

-- The owner has to see the rows that are there already.
alter table balances no force row level security;
alter table lots no force row level security;
alter table expiring_stock no force row level security;
insert into expiring_stock (tenant_id, balance_id, lot_id, item_id, site_id, expires_at)
select b.tenant_id, b.id, l.id, b.item_id, b.site_id, l.expires_at
from balances b join lots l on (l.tenant_id, l.id) = (b.tenant_id, b.lot_ref)
where b.on_hand > 0 and l.expires_at is not null;
alter table balances force row level security;
alter table lots force row level security;
alter table expiring_stock force row level security;
`,
};
