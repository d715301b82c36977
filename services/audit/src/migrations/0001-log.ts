import { type Migration, systemAccess, tenantTable } from '@stockade/database';

const appended = ['select', 'insert'] as const;

/**
 * The log of each tenant. Sequence and leaf hashes stand in an unpartitioned table, where they are unique; the entries
 * themselves in monthly partitions. Only complete nodes of the tree are stored: they never change.
 */
export const log: Migration = {
  name: '0001-log',
  sql: `
create table trees (
  tenant_id uuid not null primary key,
  size bigint not null default 0 check (size >= 0),
  checkpoint_size bigint not null default 0 check (checkpoint_size between 0 and size)
);
create index trees_with_news on trees (tenant_id) where size > checkpoint_size;
${tenantTable('trees', ['select', 'insert', 'update'])}
${systemAccess('trees', ['select', 'update'])}

create table leaves (
  tenant_id uuid not null,
  sequence bigint not null check (sequence >= 1),
  entry_id uuid not null,
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  recorded_on date not null,
  primary key (tenant_id, sequence),
  constraint leaves_entry_key unique (tenant_id, entry_id)
);
${tenantTable('leaves', appended)}
${systemAccess('leaves', ['select'])}

create table nodes (
  tenant_id uuid not null,
  level smallint not null check (level >= 1),
  index bigint not null,
  hash bytea not null check (length(hash) = 32),
  primary key (tenant_id, level, index)
);
${tenantTable('nodes', appended)}
${systemAccess('nodes', ['select'])}

-- entry: the canonical JSON, byte for byte as it was hashed. The other columns are for searching.
create table entries (
  tenant_id uuid not null,
  sequence bigint not null,
  recorded_on date not null,
  id uuid not null,
  occurred_at timestamptz not null,
  actor_id text not null,
  action text not null,
  target_type text not null,
  target_id text not null,
  request_id text,
  entry text not null,
  primary key (tenant_id, sequence, recorded_on)
) partition by range (recorded_on);
create table entries_default partition of entries default;
create index entries_target on entries (tenant_id, target_id, sequence desc);
create index entries_actor on entries (tenant_id, actor_id, sequence desc);
create index entries_action on entries (tenant_id, action, sequence desc);
create index entries_request on entries (tenant_id, request_id) where request_id is not null;
create index entries_occurred_at on entries (tenant_id, occurred_at);
${tenantTable('entries', appended)}

create function ensure_entry_partitions(months integer) returns void
language plpgsql security definer set search_path from current as $$
declare
  month date;
begin
  perform pg_advisory_xact_lock(hashtextextended(current_schema() || '.entries', 0));
  for month in select generate_series(date_trunc('month', current_date), date_trunc('month', current_date) + make_interval(months => months), interval '1 month')::date loop
    begin
      execute format('create table if not exists %I partition of entries for values from (%L) to (%L)',
        'entries_' || to_char(month, 'YYYYMM'), month, (month + interval '1 month')::date);
    exception when check_violation then
      -- Entries of that month are in the default partition already; they are found there as well.
      null;
    end;
  end loop;
end $$;
revoke execute on function ensure_entry_partitions(integer) from public;
grant execute on function ensure_entry_partitions(integer) to :system;
select ensure_entry_partitions(3);

create table checkpoints (
  tenant_id uuid not null,
  size bigint not null check (size >= 1),
  root_hash bytea not null,
  checkpoint text not null,
  signed_at timestamptz not null default now(),
  primary key (tenant_id, size)
);
${tenantTable('checkpoints', appended)}
${systemAccess('checkpoints', ['select', 'insert'])}
`,
};
