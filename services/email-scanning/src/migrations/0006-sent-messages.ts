import { type Migration, systemAccess } from '@stockade/database';

/** Mails that the tenant sent are forgotten like senders who do not write any more. */
export const sentMessages: Migration = {
  name: '0006-sent-messages',
  sql: `
create index sent_messages_sent_at on sent_messages (sent_at);
${systemAccess('sent_messages', ['select', 'delete'])}
`,
};
