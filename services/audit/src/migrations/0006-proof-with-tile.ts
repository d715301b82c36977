import type { Migration } from '@stockade/database';

/** A proof of an entry takes one round trip in most cases: the tile that its leaf stands in is the only one rarely kept. */
export const proofWithTile: Migration = {
  name: '0006-proof-with-tile',
  sql: `
drop function entry_to_prove(uuid, uuid);
-- An entry with its leaf's hash, the tile of level 0 that the leaf stands in, and the latest checkpoint, which there may be
-- none of yet. The leaf tells the day, and so the one partition to look into. Where the entry itself is not there, its leaf is.
create function entry_to_prove(tenant uuid, wanted uuid)
returns table (at_sequence bigint, leaf bytea, content text, tile bytea, signed_size bigint, note text)
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
    select found_leaf.sequence, found_leaf.leaf_hash, e.entry, t.hashes, k.signed_size, k.note
    from (select 1) as one
    left join latest_checkpoint(tenant) k on true
    left join tiles t on t.tenant_id = tenant and t.level = 0 and t.index = (found_leaf.sequence - 1) / 256
    left join entries e on e.tenant_id = tenant and e.sequence = found_leaf.sequence and e.recorded_on = found_leaf.recorded_on;
end $$;
revoke execute on function entry_to_prove(uuid, uuid) from public;
grant execute on function entry_to_prove(uuid, uuid) to :app;
`,
};
