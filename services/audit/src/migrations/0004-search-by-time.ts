import type { Migration } from '@stockade/database';

/** A frequent word of a short time that is long ago is found by the time. */
export const searchByTime: Migration = {
  name: '0004-search-by-time',
  sql: `
create index entry_words_occurred_at on entry_words (tenant_id, occurred_at);

create or replace function search_entries(p_query text, p_from timestamptz, p_to timestamptz, p_below bigint, p_limit integer)
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
  -- Planned for each search: by the words, or by the time.
  return query execute
    'with matching as materialized (
       select sequence from entry_words where tenant_id = $1 and words @@ $2
         and ($3::timestamptz is null or occurred_at >= $3) and ($4::timestamptz is null or occurred_at < $4)
         and ($5::bigint is null or sequence < $5))
     select sequence from matching order by sequence desc limit $6'
  using tenant, wanted, p_from, p_to, p_below, p_limit;
end $$;
do $$
begin
  execute format('alter function search_entries(text, timestamptz, timestamptz, bigint, integer) set search_path = %I, pg_temp', current_schema());
end $$;
`,
};
