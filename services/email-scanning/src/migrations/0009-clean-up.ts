import type { Migration } from '@stockade/database';

/** Raw mail is kept for a time, and what an import said of itself; what the scanner found in a mail stays. */
export const cleanUp: Migration = {
  name: '0009-clean-up',
  sql: `
-- Of mail from before, its time begins now.
alter table raw_messages add column stored_at timestamptz not null default now();
create index raw_messages_stored_at on raw_messages (stored_at);
create policy clean_up on raw_messages for delete to :system using (stored_at < now() - interval '30 days');
grant select (tenant_id, message_id, stored_at), delete on raw_messages to :system;

create index imports_finished_at on imports (finished_at) where finished_at is not null;
grant delete on imports to :system;
`,
};
