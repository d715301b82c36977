import { type Migration, tenantTable } from '@stockade/database';

/** Of an action: whether the last word tells of a read (`purchasing.bank-account.read`, `email-scanning.message.read-raw`). */
const isRead = (action: string) => `split_part(${action}, '.', 3) ~ '^(read|download)(-|$)'`;

/** Entries of one kind whose days are over and that no hold keeps. */
const expired = (days: string, usualDays: number, kind: string) => `
      (select e.sequence, e.recorded_on from entries e
       where e.tenant_id = tenant and e.recorded_on < current_date - coalesce(keep.${days}, ${usualDays}) and e.sequence > p_after and ${kind}
         and not exists (
           select from legal_holds h where h.tenant_id = tenant and h.released_at is null
             and (h.actor_id is null or h.actor_id = e.actor_id)
             and (h.target_type is null or h.target_type = e.target_type)
             and (h.target_id is null or h.target_id = e.target_id)
             and (h.occurred_from is null or h.occurred_from <= e.occurred_at)
             and (h.occurred_to is null or h.occurred_to > e.occurred_at))
       order by e.sequence limit p_limit)`;

/**
 * How long entries are kept, and what legal holds keep longer. Entries are removed by one function alone, which looks at
 * the tenant's settings and holds itself: no role may delete from the log. Leaves and nodes stay, so that proofs hold.
 */
export const retention: Migration = {
  name: '0005-retention',
  sql: `
create table retention_settings (
  tenant_id uuid not null primary key,
  read_days integer not null default 90 check (read_days between 30 and 36500),
  security_event_days integer not null default 366 check (security_event_days between 90 and 36500),
  change_days integer not null default 2557 check (change_days between 365 and 36500),
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
${tenantTable('retention_settings', ['select', 'insert', 'update'])}

create table legal_holds (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  reason text not null,
  actor_id text,
  target_type text,
  target_id text,
  occurred_from timestamptz,
  occurred_to timestamptz,
  placed_by jsonb not null,
  released_by jsonb,
  released_at timestamptz,
  release_reason text,
  primary key (tenant_id, id),
  constraint legal_holds_range check (occurred_from < occurred_to),
  constraint legal_holds_release check (num_nulls(released_by, released_at, release_reason) in (0, 3))
);
create index legal_holds_active on legal_holds (tenant_id) where released_at is null;
${tenantTable('legal_holds', ['select', 'insert', 'update'])}

alter table leaves add column removed_at timestamptz;
create index entries_reads on entries (tenant_id, sequence) where ${isRead('action')};

-- Whoever looks at holds to remove something, and whoever places or releases one, holds this lock to the end of the transaction.
create function lock_retention() returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('retention ' || current_setting('app.tenant_id'), 0))
$$;

create policy retention_access on entries to :owner using (true);
create policy retention_access on leaves to :owner using (true);
create policy retention_access on checkpoints to :owner using (true);
create policy retention_access on cosignatures to :owner using (true);
create index checkpoints_signed_at on checkpoints (signed_at);
create policy retention_access on retention_settings for select to :owner using (true);
create policy retention_access on legal_holds for select to :owner using (true);
grant execute on function lock_retention() to :app;

do $$
begin
  execute format($f$
create function remove_expired_entries(p_after bigint, p_security_events text[], p_limit integer) returns setof bigint
language plpgsql security definer set search_path = %1$I, pg_temp as $body$
declare
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  keep retention_settings;
begin
  perform lock_retention();
  -- Each statement sees what was committed before it: holds that were placed until the lock was had count.
  select * into keep from retention_settings where tenant_id = tenant;
  return query
  with expired as (
    select sequence, recorded_on from (
      ${expired('read_days', 90, isRead('e.action'))}
      union all
      ${expired('security_event_days', 366, 'e.action = any(p_security_events)')}
      union all
      -- What tells of removals is kept as long as the log: it explains the gaps.
      ${expired('change_days', 2557, `not (${isRead('e.action')}) and e.action <> all(p_security_events) and e.action <> 'audit.entries.remove'`)}
    ) each order by sequence limit p_limit
  ), removed as (
    delete from entries d using expired x
    where d.tenant_id = tenant and d.sequence = x.sequence and d.recorded_on = x.recorded_on returning d.sequence
  )
  update leaves l set removed_at = now() from removed where l.tenant_id = tenant and l.sequence = removed.sequence
  returning l.sequence;
end $body$;

create or replace function ensure_entry_partitions(months integer) returns void
language plpgsql security definer set search_path = %1$I, pg_temp as $body$
declare
  month date;
  following date;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended(current_schema() || '.entries', 0));
  for month in select generate_series(date_trunc('month', current_date), date_trunc('month', current_date) + make_interval(months => months), interval '1 month')::date loop
    following := (month + interval '1 month')::date;
    partition := 'entries_' || to_char(month, 'YYYYMM');
    continue when to_regclass(format('%%I.%%I', current_schema(), partition)) is not null;
    -- Entries of that month that came before it had a partition stand in the default one: they move.
    execute format('create table %%I (like entries including defaults including constraints)', partition);
    execute format('with moved as (delete from entries_default where recorded_on >= %%L and recorded_on < %%L returning *) insert into %%I select * from moved',
      month, following, partition);
    execute format('alter table entries attach partition %%I for values from (%%L) to (%%L)', partition, month, following);
  end loop;
end $body$;

-- Months that are over and whose entries are all removed. Nothing is written to them any more. A lock that is not had at once is tried for the next time.
create function drop_empty_entry_partitions() returns integer
language plpgsql security definer set search_path = %1$I, pg_temp as $body$
declare
  partition text;
  is_empty boolean;
  dropped integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended(current_schema() || '.entries', 0));
  set local lock_timeout = '500ms';
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'entries'::regclass and c.relname ~ '^entries_[0-9]{6}$'
      and c.relname < 'entries_' || to_char(current_date - 7, 'YYYYMM')
    order by 1
  loop
    execute format('select not exists (select from %%I)', partition) into is_empty;
    continue when not is_empty;
    begin
      execute format('drop table %%I', partition);
      dropped := dropped + 1;
    exception when lock_not_available then
      null;
    end;
  end loop;
  return dropped;
end $body$;

-- Of days long gone the last checkpoint is enough, with what witnesses said of it: consistency is proven between any two sizes. The newest is never removed.
create function thin_checkpoints(p_days integer, p_limit integer) returns integer
language plpgsql security definer set search_path = %1$I, pg_temp as $body$
declare
  removed integer;
begin
  with old as (
    select o.tenant_id, o.size from checkpoints o
    where o.signed_at < now() - make_interval(days => p_days) and (
      select l.signed_at from checkpoints l where l.tenant_id = o.tenant_id and l.size > o.size order by l.size limit 1
    ) < date_trunc('day', o.signed_at, 'UTC') + interval '1 day'
    order by o.signed_at limit p_limit
  ), unwitnessed as (
    delete from cosignatures w using old where w.tenant_id = old.tenant_id and w.size = old.size
  ), thinned as (
    delete from checkpoints c using old where c.tenant_id = old.tenant_id and c.size = old.size returning 1
  )
  select count(*) into removed from thinned;
  return removed;
end $body$;
$f$, current_schema());
end $$;
revoke execute on function remove_expired_entries(bigint, text[], integer), drop_empty_entry_partitions(), thin_checkpoints(integer, integer) from public;
grant execute on function remove_expired_entries(bigint, text[], integer) to :app;
grant execute on function drop_empty_entry_partitions(), thin_checkpoints(integer, integer) to :system;
`,
};
