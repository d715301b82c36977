import { type Migration, systemAccess, tenantTable } from '@stockade/database';

/**
 * What every service's schema holds for messaging. The inbox is partitioned by the day that an event's id was made on
 * (UUIDv7), so that a redelivery always meets the same partition and old days are dropped, not deleted.
 */
export const messagingMigrations: Migration[] = [
  {
    name: '0000-messaging',
    sql: `
create table outbox (
  tenant_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity,
  type text not null,
  aggregate_id text not null,
  aggregate_version integer not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  primary key (tenant_id, id)
);
create index outbox_unpublished on outbox (seq) where published_at is null;
create index outbox_published_at on outbox (published_at) where published_at is not null;
${tenantTable('outbox', ['select', 'insert'])}
${systemAccess('outbox', ['select', 'update', 'delete'])}

create table inbox (
  tenant_id uuid not null,
  event_id uuid not null,
  queue text not null,
  occurred_on date not null,
  consumed_at timestamptz not null default now(),
  primary key (tenant_id, event_id, queue, occurred_on)
) partition by range (occurred_on);
create table inbox_default partition of inbox default;
${tenantTable('inbox', ['select', 'insert'])}
${systemAccess('inbox', ['select', 'delete'])}

create function ensure_inbox_partitions(days integer) returns void
language plpgsql security definer set search_path from current as $$
declare
  day date;
begin
  perform pg_advisory_xact_lock(hashtextextended(current_schema() || '.inbox', 0));
  for day in select generate_series(current_date - 1, current_date + days, interval '1 day')::date loop
    begin
      execute format('create table if not exists %I partition of inbox for values from (%L) to (%L)',
        'inbox_' || to_char(day, 'YYYYMMDD'), day, day + 1);
    exception when check_violation then
      -- Events of that day are in the default partition already; they are found there as well.
      null;
    end;
  end loop;
end $$;

create function drop_inbox_partitions(before date) returns void
language plpgsql security definer set search_path from current as $$
declare
  partition text;
begin
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'inbox'::regclass and c.relname ~ '^inbox_[0-9]{8}$' and c.relname < 'inbox_' || to_char(before, 'YYYYMMDD')
  loop
    execute format('drop table %I', partition);
  end loop;
end $$;

revoke execute on function ensure_inbox_partitions(integer), drop_inbox_partitions(date) from public;
grant execute on function ensure_inbox_partitions(integer), drop_inbox_partitions(date) to :system;
select ensure_inbox_partitions(7);

create table delivery_failures (
  tenant_id uuid not null,
  queue text not null,
  event_id uuid not null,
  failures integer not null,
  last_error text not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, queue, event_id)
);
${tenantTable('delivery_failures', ['select', 'insert', 'update', 'delete'])}
${systemAccess('delivery_failures', ['select', 'delete'])}

create table dead_letters (
  tenant_id uuid not null,
  queue text not null,
  id uuid not null,
  type text not null,
  event jsonb not null,
  reason text not null,
  failures integer not null,
  failed_at timestamptz not null default now(),
  status text not null default 'dead' check (status in ('dead', 'replayed', 'discarded')),
  resolved_at timestamptz,
  resolved_by text,
  note text,
  mirrored_at timestamptz,
  primary key (tenant_id, queue, id)
);
create index dead_letters_by_queue on dead_letters (queue, id desc);
${tenantTable('dead_letters', ['select', 'insert', 'update'])}
${systemAccess('dead_letters', ['select', 'update', 'delete'])}

create table relay_state (
  only_row boolean primary key default true check (only_row),
  kind text not null,
  marker uuid not null,
  run_id text not null
);
grant select, insert, update on relay_state to :system;
`,
  },
];
