import {
  cancelProductionOrder,
  completeProductionOrder,
  consumeForProduction,
  createProductionOrder,
  getProductionOrder,
  listProductionOrders,
  type ProductionOrder,
  releaseProductionOrder,
} from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import { complete, consume } from './make.ts';
import * as queries from './queries.ts';

export const productionOrderRoutes = defineRoutes<InventoryDb>((route) => {
  route(createProductionOrder, ({ body, command }) => command((work) => commands.createOrder(work, body)));
  route(listProductionOrders, ({ query, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listOrders(trx, query), query);
      return { data: await queries.withLines(trx, data), nextCursor };
    }),
  );
  route(getProductionOrder, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findOrder(trx, params.productionOrderId);
      if (!row) throw errors.notFound('Production order', params.productionOrderId);
      const [order] = await queries.withLines(trx, [row]);
      return order as ProductionOrder;
    }),
  );
  route(releaseProductionOrder, ({ params, ifMatch, command }) =>
    command((work) => commands.releaseOrder(work, { id: params.productionOrderId, ifMatch })),
  );
  route(consumeForProduction, ({ params, body, ifMatch, command }) =>
    command((work) => consume(work, { id: params.productionOrderId, ifMatch, body })),
  );
  route(completeProductionOrder, ({ params, body, ifMatch, command }) =>
    command((work) => complete(work, { id: params.productionOrderId, ifMatch, body: body ?? {} })),
  );
  route(cancelProductionOrder, ({ params, body, ifMatch, command }) =>
    command((work) =>
      commands.cancelOrder(work, { id: params.productionOrderId, ifMatch, reason: body?.reason }),
    ),
  );
});
