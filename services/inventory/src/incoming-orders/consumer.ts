import { orderChanged } from '@stockade/contracts';
import { on, type Work } from '@stockade/messaging';
import { sql } from 'kysely';
import type { InventoryDb } from '../tables.ts';

const onItsWay = new Set(['approved', 'sent', 'partially_received']);

/** Keeps which purchase orders are on their way to a site; only a newer version is taken, in whatever order they come. */
export const copyOrder = on(
  orderChanged,
  async (work: Work<InventoryDb>, { aggregateVersion: version, payload }) => {
    const fields = { version, site_id: payload.siteId, open: onItsWay.has(payload.status) };
    await work.trx
      .insertInto('incoming_orders')
      .values({ tenant_id: work.tenantId, id: payload.purchaseOrderId, ...fields })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'id'])
          .doUpdateSet(fields)
          .where(sql.ref('incoming_orders.version'), '<', version),
      )
      .execute();
  },
);
