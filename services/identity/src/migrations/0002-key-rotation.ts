import type { Migration } from '@stockade/database';

/** A key is replaced once: two at once that would replace it leave two new keys, of which nobody knows which is in use. */
export const keyRotation: Migration = {
  name: '0002-key-rotation',
  sql: `
alter table api_keys add column replaced_by uuid;
alter table api_keys add foreign key (tenant_id, replaced_by) references api_keys (tenant_id, id);
`,
};
