import type { Migration } from '@stockade/database';

export const history: Migration = {
  name: '0005-history',
  sql: `
select 1;
`,
};
