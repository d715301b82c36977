import { runWork, systemCaller } from '@stockade/messaging';
import type { Task } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { expireReservation } from './commands.ts';
import { listExpired } from './queries.ts';

const batch = 1_000;

/** Gives the stock of reservations free whose time is over: each in a transaction of its own. */
export const expiryTask: Task<InventoryDb> = {
  name: 'reservation-expiry',
  everyMs: 1_000,
  run: async ({ db, systemDb, log }, signal) => {
    for (const { tenant_id: tenantId, id } of await listExpired(systemDb, batch)) {
      if (signal.aborted) return;
      await runWork(db, systemCaller(tenantId, 'inventory'), (work) => expireReservation(work, id)).catch(
        (error) =>
          log.error({ err: error, tenantId, id }, 'A reservation could not expire; it is tried again'),
      );
    }
  },
};
