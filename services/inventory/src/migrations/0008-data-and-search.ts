import { type Migration, systemAccess, tenantTable } from '@stockade/database';
import { kept, resource } from './columns.ts';

export const dataAndSearch: Migration = {
  name: '0008-data-and-search',
  sql: `
-- Purchase orders on their way, for the dashboard: a copy fed by purchasing's events.
create table incoming_orders (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,
  site_id uuid not null,
  open boolean not null,
  primary key (tenant_id, id)
);
create index incoming_orders_open on incoming_orders (tenant_id, site_id) where open;
${tenantTable('incoming_orders', kept)}

create table imports (${resource}
  kind text not null,
  mode text not null check (mode in ('all', 'valid')),
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
  -- The file until it is worked off.
  content bytea,
  total_rows integer not null default 0,
  processed_rows integer not null default 0,
  applied_rows integer not null default 0,
  bad_rows integer not null default 0,
  errors jsonb not null default '[]',
  failure text,
  -- Whom the changes are made for.
  caller jsonb not null,
  leased_until timestamptz,
  attempts smallint not null default 0,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index imports_unfinished on imports (created_at) where status in ('queued', 'running');
${tenantTable('imports', kept)}
${systemAccess('imports', ['select', 'update'])}

create table exports (${resource}
  kind text not null,
  filters jsonb not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
  total_rows integer not null default 0,
  written_rows integer not null default 0,
  -- Where the next rows begin, so that a process that dies loses nothing that was written.
  cursor text,
  failure text,
  caller jsonb not null,
  leased_until timestamptz,
  attempts smallint not null default 0,
  finished_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index exports_unfinished on exports (created_at) where status in ('queued', 'running');
create index exports_expiring on exports (expires_at);
${tenantTable('exports', kept)}
${systemAccess('exports', ['select', 'update', 'delete'])}

create table export_chunks (
  tenant_id uuid not null,
  export_id uuid not null,
  no integer not null,
  content text not null,
  primary key (tenant_id, export_id, no),
  foreign key (tenant_id, export_id) references exports (tenant_id, id) on delete cascade
);
${tenantTable('export_chunks', ['select', 'insert'])}

-- Items are found by any part of SKU, name or barcode. LIKE is not leakproof, so under row-level security it could not
-- use its index: this function reads past the policies, and filters by the tenant itself, which it takes from the
-- transaction and not from its caller. What is frequent is found among the newest items at once; only what is not there
-- is looked up in the index, which then does not have much of it. One or two letters, which trigrams cannot find, are
-- looked for in all items: the text is kept ready for that.
alter table items add search_text text not null
  generated always as (lower(sku || ' ' || name || ' ' || coalesce(barcode, ''))) stored;
create index items_search on items using gin (search_text gin_trgm_ops);
create policy search_access on items for select to :owner using (true);
create function search_items(p_text text, p_active boolean, p_after uuid, p_limit integer)
returns setof uuid language plpgsql stable security definer set search_path = inventory, pg_temp as $$
declare
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  pattern text := '%' || replace(replace(replace(lower(p_text), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
  found uuid[];
begin
  select array_agg(id) into found from (
    select id from (
      select i.id, i.active, i.search_text from items i
      where i.tenant_id = tenant and (p_after is null or i.id < p_after) order by i.id desc limit 2000
    ) newest
    where search_text like pattern and (p_active is null or active = p_active)
    order by id desc limit p_limit) f;
  if cardinality(found) = p_limit then
    return query select unnest(found);
    return;
  end if;
  -- Planned for each pattern.
  return query execute
    'with matching as materialized (select id, active from items where tenant_id = $1 and search_text like $2)
     select id from matching where ($3::boolean is null or active = $3) and ($4::uuid is null or id < $4)
     order by id desc limit $5'
  using tenant, pattern, p_active, p_after, p_limit;
end $$;
revoke execute on function search_items(text, boolean, uuid, integer) from public;
grant execute on function search_items(text, boolean, uuid, integer) to :app;
`,
};
