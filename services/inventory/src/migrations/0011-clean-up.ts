import type { Migration } from '@stockade/database';

/** What an import said of itself is kept for a time. */
export const cleanUp: Migration = {
  name: '0011-clean-up',
  sql: `
create index imports_finished_at on imports (finished_at) where finished_at is not null;
grant delete on imports to :system;
`,
};
