import type { EventEnvelope } from '@stockade/contracts';
import { inTenant } from '@stockade/database';
import { announce, insertOutbox } from '@stockade/messaging';
import type { Kysely } from 'kysely';

/** Writes events into a service's outbox as its app role: a transaction for each tenant that some belong to. */
export const outboxStore =
  <DB>(db: Kysely<DB>) =>
  async (events: EventEnvelope[]): Promise<void> => {
    for (const [tenantId, ofTenant] of Map.groupBy(events, (event) => event.tenantId))
      await inTenant(db, tenantId, (trx) => insertOutbox(trx, ofTenant));
    announce(db);
  };
