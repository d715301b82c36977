import type { Migration } from '@stockade/database';

/** A function that runs as the owner must look into the caller's temporary tables last: `entries` could be one of those. */
export const partitionFunction: Migration = {
  name: '0002-partition-function',
  sql: `
do $$
begin
  execute format('alter function ensure_entry_partitions(integer) set search_path = %I, pg_temp', current_schema());
end $$;
`,
};
