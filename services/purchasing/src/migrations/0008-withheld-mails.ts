import type { Migration } from '@stockade/database';

/** A test tenant's mail is made and goes nowhere: a state of its own, that no attempt follows. */
export const withheldMails: Migration = {
  name: '0008-withheld-mails',
  sql: `
alter table order_mails drop constraint order_mails_status_check,
  add constraint order_mails_status_check check (status in ('queued', 'sent', 'failed', 'withheld')),
  add check (status <> 'withheld' or note is not null);
`,
};
