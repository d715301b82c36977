import type { Migration } from '@stockade/database';

export const sources: Migration = {
  name: '0003-sources',
  sql: `
select 1;
`,
};
