import type { Migration } from '@stockade/database';

const nil = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * Planned once a connection, by index lookups: the planner cannot know how few rows are handed in, and would plan every
 * call anew, or read whole tables for them.
 */
const planned =
  'set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off';

/**
 * What every posting does, in two calls whose statements are planned once a connection. They run as who calls them:
 * row-level security applies as everywhere.
 */
export const postingFunctions: Migration = {
  name: '0004-posting-functions',
  sql: `
-- Holds the items as they are (their changes take the same lock for themselves), makes balances that are missing and
-- locks all, both in the order of their keys, so that no two postings ever wait for each other in a circle. Gives
-- everything that a posting is judged by; what does not exist is not in it.
create function lock_for_posting(p_tenant uuid, p_ids uuid[], p_items uuid[], p_sites uuid[], p_locations uuid[], p_lots uuid[])
returns jsonb language plpgsql ${planned} as $$
declare
  locked jsonb;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('item ' || i.id, 0))
  from (select distinct id from unnest(p_items) as u(id) order by id) i;

  -- Before anything is locked: who waits for another's new balance must hold none.
  if (
    select count(*) from unnest(p_items, p_sites, p_locations, p_lots) as w(item_id, site_id, location_id, lot_id)
    join balances b on b.tenant_id = p_tenant and b.item_id = w.item_id and b.site_id = w.site_id
      and b.location_id = w.location_id and b.lot_id = w.lot_id
  ) < cardinality(p_items) then
    insert into balances (tenant_id, id, item_id, site_id, location_id, lot_id, allow_negative)
    select p_tenant, w.id, w.item_id, w.site_id, w.location_id, w.lot_id, i.allow_negative
    from unnest(p_ids, p_items, p_sites, p_locations, p_lots) as w(id, item_id, site_id, location_id, lot_id)
    join items i on i.tenant_id = p_tenant and i.id = w.item_id
    join sites s on s.tenant_id = p_tenant and s.id = w.site_id
    left join locations l on l.tenant_id = p_tenant and l.site_id = w.site_id and l.id = w.location_id
    left join lots t on t.tenant_id = p_tenant and t.item_id = w.item_id and t.id = w.lot_id
    where (w.location_id = ${nil} or l.id is not null) and (w.lot_id = ${nil} or t.id is not null)
      and not exists (
        select from balances b
        where b.tenant_id = p_tenant and b.item_id = w.item_id and b.site_id = w.site_id
          and b.location_id = w.location_id and b.lot_id = w.lot_id)
    order by w.item_id, w.site_id, w.location_id, w.lot_id
    on conflict do nothing;
  end if;

  select coalesce(jsonb_agg(to_jsonb(b)), '[]') into locked
  from (
    select b.id, b.item_id, b.site_id, b.location_id, b.lot_id, trim_scale(b.on_hand)::text as on_hand,
      trim_scale(b.reserved)::text as reserved, b.allow_negative, b.id = any (p_ids) as unused
    from balances b
    join unnest(p_items, p_sites, p_locations, p_lots) as w(item_id, site_id, location_id, lot_id)
      on b.item_id = w.item_id and b.site_id = w.site_id and b.location_id = w.location_id and b.lot_id = w.lot_id
    where b.tenant_id = p_tenant
    order by b.item_id, b.site_id, b.location_id, b.lot_id
    for no key update of b
  ) b;

  return jsonb_build_object(
    'balances', locked,
    'items', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', i.id, 'sku', i.sku, 'unit', i.unit, 'active', i.active, 'allow_negative', i.allow_negative,
        'lot_tracked', i.lot_tracked, 'conversions', i.conversions,
        'watched', i.reorder_point is not null
          or exists (select from reorder_rules r where r.tenant_id = p_tenant and r.item_id = i.id))), '[]')
      from items i where i.tenant_id = p_tenant and i.id = any (p_items)),
    'sites', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'active', s.active)), '[]')
      from sites s where s.tenant_id = p_tenant and s.id = any (p_sites)),
    'locations', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'site_id', l.site_id, 'code', l.code, 'active', l.active)), '[]')
      from locations l where l.tenant_id = p_tenant and l.id = any (p_locations)),
    'lots', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'item_id', t.item_id)), '[]')
      from lots t where t.tenant_id = p_tenant and t.id = any (p_lots)));
end $$;

-- Writes movements and their entries, changes the balances, and keeps what the dashboard shows. Call it with the
-- balances locked. All movements of one call are recorded at one instant, taken under the locks.
create function write_postings(p_tenant uuid, p_movements jsonb, p_entries jsonb, p_watched uuid[])
returns jsonb language plpgsql ${planned} as $$
declare
  instant timestamptz := clock_timestamp();
  sequences jsonb;
begin
  with written as (
    insert into movements (tenant_id, id, type, item_id, site_id, location_id, lot_id, quantity, to_site_id, to_location_id,
      reason, reference, occurred_at, recorded_at, actor, reverses_id, source, leg, entered_quantity, entered_unit)
    select p_tenant, m.id, m.type, m.item_id, m.site_id, m.location_id, m.lot_id, m.quantity, m.to_site_id, m.to_location_id,
      m.reason, m.reference, m.occurred_at, instant, m.actor, m.reverses_id, m.source, m.leg, m.entered_quantity, m.entered_unit
    from jsonb_to_recordset(p_movements) as m(id uuid, type text, item_id uuid, site_id uuid, location_id uuid, lot_id uuid,
      quantity numeric, to_site_id uuid, to_location_id uuid, reason text, reference text, occurred_at timestamptz, actor jsonb,
      reverses_id uuid, source text, leg text, entered_quantity numeric, entered_unit text)
    returning id, sequence, type, item_id, site_id, quantity, occurred_at, reverses_id
  ), entered as (
    insert into ledger_entries (tenant_id, balance_id, position, movement_id, line, quantity, on_hand, occurred_at, recorded_at)
    select p_tenant, e.balance_id, b.position + row_number() over w, e.movement_id, e.line, e.quantity,
      b.on_hand + sum(e.quantity) over w, e.occurred_at, instant
    from jsonb_to_recordset(p_entries) as e(no integer, balance_id uuid, movement_id uuid, line smallint, quantity numeric, occurred_at timestamptz)
    join balances b on b.tenant_id = p_tenant and b.id = e.balance_id
    window w as (partition by e.balance_id order by e.no rows unbounded preceding)
    returning balance_id, position, on_hand
  ), kept as (
    update balances b
    set on_hand = e.on_hand, position = e.position, updated_at = instant
    from (select distinct on (balance_id) balance_id, position, on_hand from entered order by balance_id, position desc) e
    where b.tenant_id = p_tenant and b.id = e.balance_id
  ), counted as (
    insert into movement_counts as n (tenant_id, site_id, day, type, shard, movements)
    select p_tenant, w.site_id, (w.occurred_at at time zone s.time_zone)::date, w.type, pg_backend_pid() % 16, count(*)
    from written w join sites s on s.tenant_id = p_tenant and s.id = w.site_id
    group by w.site_id, 3, w.type order by 3, w.site_id, w.type
    on conflict (tenant_id, day, site_id, type, shard) do update set movements = n.movements + excluded.movements
  ), received as (
    insert into last_receipts as r (tenant_id, item_id, movement_id, site_id, quantity, received_at)
    select distinct on (w.item_id) p_tenant, w.item_id, w.id, w.site_id, w.quantity, w.occurred_at
    from written w where w.type = 'RECEIVE' and w.reverses_id is null
    order by w.item_id, w.id desc
    on conflict (tenant_id, item_id) do update
      set movement_id = excluded.movement_id, site_id = excluded.site_id, quantity = excluded.quantity, received_at = excluded.received_at
      where r.movement_id < excluded.movement_id
  )
  select jsonb_object_agg(id, sequence) into sequences from written;

  insert into reorder_checks (tenant_id, id, item_id) select p_tenant, gen_random_uuid(), i from unnest(p_watched) as u(i);

  return jsonb_build_object('recordedAt', instant, 'sequences', sequences);
end $$;

revoke execute on function lock_for_posting(uuid, uuid[], uuid[], uuid[], uuid[], uuid[]) from public;
revoke execute on function write_postings(uuid, jsonb, jsonb, uuid[]) from public;
grant execute on function lock_for_posting(uuid, uuid[], uuid[], uuid[], uuid[], uuid[]) to :app;
grant execute on function write_postings(uuid, jsonb, jsonb, uuid[]) to :app;
`,
};
