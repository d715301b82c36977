import { orderChanged } from '@stockade/contracts';
import type { Work } from '@stockade/messaging';
import type { PurchasingDb } from '../tables.ts';
import type { OrderRow } from './queries.ts';

/** Tells others of an order as it is now. */
export function emitOrder(work: Work<PurchasingDb>, row: OrderRow, onHold: boolean): void {
  const { id, version, number, supplier_id: supplierId, site_id: siteId, status, total, currency } = row;
  work.emit(orderChanged, {
    aggregateId: id,
    aggregateVersion: version,
    payload: { purchaseOrderId: id, number, supplierId, siteId, status, total, currency, onHold },
  });
}
