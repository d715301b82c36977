import type { Migration } from '@stockade/database';

/** Addresses whose calls without valid credentials are refused: the platform's, no tenant's. */
export const blocks: Migration = {
  name: '0003-blocks',
  sql: `
create table blocks (
  network text primary key,
  until timestamptz not null,
  by text not null check (by in ('refusals', 'operator')),
  reason text
);
create index blocks_until on blocks (until);
grant select, insert, update, delete on blocks to :system;
`,
};
