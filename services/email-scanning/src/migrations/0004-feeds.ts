import type { Migration } from '@stockade/database';

export const feeds: Migration = {
  name: '0004-feeds',
  sql: `
select 1;
`,
};
