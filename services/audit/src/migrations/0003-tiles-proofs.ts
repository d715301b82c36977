import type { Migration } from '@stockade/database';

/** What proofs are made of, each in one round trip. */
export const tilesProofs: Migration = {
  name: '0003-tiles-proofs',
  sql: `
-- A checkpoint, and after it what witnesses signed of it.
create function cosigned(tenant uuid, of_size bigint, note text) returns text language sql stable as $$
  select note || coalesce((
    select string_agg(line || chr(10), '' order by witness) from cosignatures where tenant_id = tenant and size = of_size), '');
$$;

-- What proofs are made of, in one round trip each: the functions set the tenant for their own statement, and row-level
-- security goes by it as everywhere.
create function read_tiles(tenant uuid, levels smallint[], indexes bigint[]) returns table (tile_level smallint, tile_index bigint, tile_hashes bytea)
language plpgsql set search_path from current as $$
begin
  perform set_config('app.tenant_id', tenant::text, true);
  -- Each by its key: no plan may come to read all tiles of a log.
  return query
    select w.level, w.index, t.hashes from unnest(levels, indexes) as w(level, index)
    cross join lateral (select hashes from tiles where tenant_id = tenant and level = w.level and index = w.index limit 1) as t;
end $$;

create function latest_checkpoint(tenant uuid) returns table (signed_size bigint, root bytea, note text, signed timestamptz)
language plpgsql set search_path from current as $$
begin
  perform set_config('app.tenant_id', tenant::text, true);
  return query
    select c.size, c.root_hash, cosigned(c.tenant_id, c.size, c.checkpoint), c.signed_at
    from checkpoints c where c.tenant_id = tenant order by c.size desc limit 1;
end $$;

-- An entry with its leaf's hash and the latest checkpoint, which there may be none of yet. The leaf tells the day, and so
-- the one partition to look into. Where the entry itself is not there, its leaf is.
create function entry_to_prove(tenant uuid, wanted uuid) returns table (at_sequence bigint, leaf bytea, content text, signed_size bigint, note text)
language plpgsql set search_path from current as $$
declare
  found_leaf leaves;
begin
  perform set_config('app.tenant_id', tenant::text, true);
  select * into found_leaf from leaves l where l.tenant_id = tenant and l.entry_id = wanted;
  if not found then
    return;
  end if;
  return query
    select found_leaf.sequence, found_leaf.leaf_hash, e.entry, k.signed_size, k.note
    from (select 1) as one
    left join latest_checkpoint(tenant) k on true
    left join entries e on e.tenant_id = tenant and e.sequence = found_leaf.sequence and e.recorded_on = found_leaf.recorded_on;
end $$;
revoke execute on function read_tiles(uuid, smallint[], bigint[]), latest_checkpoint(uuid), entry_to_prove(uuid, uuid) from public;
grant execute on function read_tiles(uuid, smallint[], bigint[]) to :app, :system;
grant execute on function latest_checkpoint(uuid), entry_to_prove(uuid, uuid) to :app;
`,
};
