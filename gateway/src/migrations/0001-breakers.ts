import type { Migration } from '@stockade/database';

/** One row a service, for the platform: no tenant's. `opened_at` is null when it is closed. */
export const breakers: Migration = {
  name: '0001-breakers',
  sql: `
create table breakers (
  service text primary key,
  opened_at timestamptz,
  changed_at timestamptz not null
);
grant select, insert, update on breakers to :system;
`,
};
