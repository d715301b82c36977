import { listOrderMails, sendPurchaseOrder } from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { findOrder } from '../purchase-orders/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import { type Sender, sendOrder } from './commands.ts';
import * as queries from './queries.ts';

export const orderMailRoutes = (sender: Sender) =>
  defineRoutes<PurchasingDb>((route) => {
    route(sendPurchaseOrder, ({ params, body, ifMatch, command }) =>
      command((work) => sendOrder(work, { id: params.purchaseOrderId, ifMatch, body: body ?? {}, sender })),
    );
    route(listOrderMails, ({ params, query, read }) =>
      read(async (trx) => {
        const order = await findOrder(trx, params.purchaseOrderId);
        if (!order) throw errors.notFound('Purchase order', params.purchaseOrderId);
        const { data, nextCursor } = page(await queries.listMails(trx, order, query), query);
        return { data: await queries.withAttempts(trx, data), nextCursor };
      }),
    );
  });
