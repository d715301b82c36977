import {
  approvePurchaseOrder,
  cancelPurchaseOrder,
  closePurchaseOrder,
  createPurchaseOrder,
  getPurchaseOrder,
  listPurchaseOrders,
  rejectPurchaseOrder,
  submitPurchaseOrder,
  updatePurchaseOrder,
} from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { awaitCopies } from '../projections/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import { changeOrder } from './change.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const purchaseOrderRoutes = defineRoutes<PurchasingDb>((route) => {
  route(createPurchaseOrder, async ({ body, caller, service, command }) => {
    await awaitCopies(
      service.db,
      caller.tenantId,
      body.lines.map((line) => line.itemId),
      body.siteId,
    );
    return command((work) => commands.createOrder(work, body));
  });
  route(listPurchaseOrders, ({ query, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listOrders(trx, query), query);
      return { data: await queries.withParts(trx, data), nextCursor };
    }),
  );
  route(getPurchaseOrder, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findOrder(trx, params.purchaseOrderId);
      if (!row) throw errors.notFound('Purchase order', params.purchaseOrderId);
      return queries.showOrder(trx, row);
    }),
  );
  route(updatePurchaseOrder, async ({ params, body, ifMatch, caller, service, command }) => {
    const itemIds = (body.lines ?? []).map((line) => line.itemId);
    await awaitCopies(service.db, caller.tenantId, itemIds, body.siteId);
    return command((work) => changeOrder(work, { id: params.purchaseOrderId, ifMatch, body }));
  });
  route(submitPurchaseOrder, ({ params, ifMatch, command }) =>
    command((work) => commands.submitOrder(work, { id: params.purchaseOrderId, ifMatch })),
  );
  route(approvePurchaseOrder, ({ params, ifMatch, command }) =>
    command((work) => commands.approveOrder(work, { id: params.purchaseOrderId, ifMatch })),
  );
  route(rejectPurchaseOrder, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.rejectOrder(work, { id: params.purchaseOrderId, ifMatch, reason: body?.reason }),
    ),
  );
  route(cancelPurchaseOrder, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.cancelOrder(work, { id: params.purchaseOrderId, ifMatch, reason: body?.reason }),
    ),
  );
  route(closePurchaseOrder, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.closeOrder(work, { id: params.purchaseOrderId, ifMatch, reason: body?.reason }),
    ),
  );
});
