import { type Migration, systemAccess, tenantTable } from '@stockade/database';

/**
 * The tree as tiles of 256 hashes, which whoever signs makes from the leaves: proofs are reckoned from them. A tile only
 * grows until it is full; the table sees to it. And what witnesses said of checkpoints.
 */
export const tiles: Migration = {
  name: '0003-tiles',
  sql: `
create table tiles (
  tenant_id uuid not null,
  level smallint not null check (level between 0 and 7),
  index bigint not null check (index >= 0),
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (tenant_id, level, index)
);
-- Hashes do not get smaller by compression.
alter table tiles alter column hashes set storage external;
${tenantTable('tiles', ['select'])}
${systemAccess('tiles', ['select', 'insert', 'update'])}

create function tiles_only_grow() returns trigger language plpgsql as $$
begin
  if (new.tenant_id, new.level, new.index) is distinct from (old.tenant_id, old.level, old.index)
    or substr(new.hashes, 1, length(old.hashes)) <> old.hashes then
    raise exception 'A tile only grows' using errcode = 'integrity_constraint_violation', constraint = 'tiles_only_grow';
  end if;
  return new;
end $$;
create trigger tiles_only_grow before update on tiles for each row execute function tiles_only_grow();

-- line: the witness's signature of the checkpoint of that size, as a line of a signed note.
create table cosignatures (
  tenant_id uuid not null,
  size bigint not null,
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null default now(),
  primary key (tenant_id, witness, size)
);
create index cosignatures_of_checkpoint on cosignatures (tenant_id, size);
${tenantTable('cosignatures', ['select'])}
${systemAccess('cosignatures', ['select', 'insert'])}
`,
};
