import type { Migration } from '@stockade/database';
import { messagingMigrations } from '@stockade/messaging/migrations';

/**
 * The tables of messaging, as services have them: the gateway tells the audit of security events. Its system role writes
 * them, for all tenants at once: the gateway has no tenant's transaction that they could belong to.
 */
export const outbox: Migration = {
  name: '0002-outbox',
  sql: `${messagingMigrations.find(({ name }) => name === '0000-messaging')?.sql}
grant insert on outbox to :system;
`,
};
