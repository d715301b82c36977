import type { Migration } from '@stockade/database';

/** Attempts at order mails are kept for a time; the mails themselves stay with their orders. */
export const cleanUp: Migration = {
  name: '0010-clean-up',
  sql: `
create index order_mail_attempts_started_at on order_mail_attempts (started_at);
create policy clean_up on order_mail_attempts to :system using (true);
grant select (tenant_id, id, started_at), delete on order_mail_attempts to :system;
`,
};
