import { type Migration, systemAccess, tenantTable } from '@stockade/database';

/**
 * Exports as jobs, with the files that they make; and the words that entries are searched by, which are put into their own
 * table behind the log: appending does not wait for them.
 */
export const exportsAndSearch: Migration = {
  name: '0004-exports-and-search',
  sql: `
create table exports (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  format text not null check (format in ('csv', 'ndjson')),
  filters jsonb not null,
  since bigint,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
  -- The size of the log when it was begun: an export is of that log, however long it takes.
  log_size bigint,
  -- Entries that were looked at, and up to where lines were written: a process that goes on begins there.
  position bigint not null default 0,
  covered bigint not null default 0,
  exported bigint not null default 0,
  size_bytes bigint not null default 0,
  failure text,
  lease uuid,
  leased_until timestamptz,
  attempts smallint not null default 0,
  finished_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  check (covered <= position and position <= log_size)
);
create index exports_unfinished on exports (created_at) where status in ('queued', 'running');
create index exports_running on exports (tenant_id) where status = 'running';
create index exports_expiring on exports (expires_at);
${tenantTable('exports', ['select', 'insert', 'update'])}
${systemAccess('exports', ['select', 'update', 'delete'])}

create table export_chunks (
  tenant_id uuid not null,
  export_id uuid not null,
  no integer not null,
  content text not null,
  primary key (tenant_id, export_id, no),
  foreign key (tenant_id, export_id) references exports (tenant_id, id) on delete cascade
);
${tenantTable('export_chunks', ['select', 'insert', 'delete'])}

-- Words and what entries are filtered by, each with its tenant in front: nobody's search goes through another's words.
create table entry_words (
  tenant_id uuid not null,
  sequence bigint not null,
  occurred_at timestamptz not null,
  words tsvector not null,
  primary key (tenant_id, sequence)
);
create index entry_words_words on entry_words using gin (words);
${tenantTable('entry_words', ['select', 'insert'])}
create policy search_access on entry_words to :owner using (true);

-- Up to where the words of a log are in the table above.
create table search_positions (
  tenant_id uuid not null primary key,
  position bigint not null default 0
);
${tenantTable('search_positions', ['select', 'insert', 'update'])}
${systemAccess('search_positions', ['select'])}

-- Whoever removes entries removes their words.
create function remove_entry_words() returns trigger language plpgsql security definer as $$
begin
  delete from entry_words w using removed r where w.tenant_id = r.tenant_id and w.sequence = r.sequence;
  return null;
end $$;
create trigger entries_words after delete on entries referencing old table as removed for each statement execute function remove_entry_words();

-- Matching is not leakproof, so under row-level security it could not use its index: this function reads past the
-- policies, and filters by the tenant itself, which it takes from the transaction and not from its caller. What is
-- frequent is found among the newest entries at once; only what is not there is looked up in the index, which then does
-- not have much of it.
create function search_entries(p_query text, p_from timestamptz, p_to timestamptz, p_below bigint, p_limit integer)
returns setof bigint language plpgsql stable security definer as $$
declare
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  wanted tsquery := p_query::tsquery;
  found bigint[];
begin
  select array_agg(f.sequence order by f.sequence desc) into found from (
    select newest.sequence from (
      select w.sequence, w.occurred_at, w.words from entry_words w
      where w.tenant_id = tenant and (p_below is null or w.sequence < p_below) order by w.sequence desc limit 2000
    ) newest
    where newest.words @@ wanted
      and (p_from is null or newest.occurred_at >= p_from) and (p_to is null or newest.occurred_at < p_to)
    order by newest.sequence desc limit p_limit) f;
  if cardinality(found) = p_limit then
    return query select unnest(found);
    return;
  end if;
  -- Planned for each search.
  return query execute
    'with matching as materialized (select sequence, occurred_at from entry_words where tenant_id = $1 and words @@ $2)
     select sequence from matching
     where ($3::timestamptz is null or occurred_at >= $3) and ($4::timestamptz is null or occurred_at < $4)
       and ($5::bigint is null or sequence < $5)
     order by sequence desc limit $6'
  using tenant, wanted, p_from, p_to, p_below, p_limit;
end $$;
revoke execute on function search_entries(text, timestamptz, timestamptz, bigint, integer), remove_entry_words() from public;
grant execute on function search_entries(text, timestamptz, timestamptz, bigint, integer) to :app;
do $$
begin
  execute format('alter function search_entries(text, timestamptz, timestamptz, bigint, integer) set search_path = %I, pg_temp', current_schema());
  execute format('alter function remove_entry_words() set search_path = %I, pg_temp', current_schema());
end $$;
`,
};
