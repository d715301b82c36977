import {
  createReceipt,
  getReceipt,
  listReceipts,
  type Receipt,
  reverseReceipt,
} from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { findOrder } from '../purchase-orders/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import { awaitReversal } from './await-reversal.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { reverseReceipt as reverse } from './reverse.ts';

export const receiptRoutes = defineRoutes<PurchasingDb>((route) => {
  route(createReceipt, ({ params, body, command }) =>
    command((work) => commands.createReceipt(work, params.purchaseOrderId, body)),
  );
  route(listReceipts, ({ params, query, read }) =>
    read(async (trx) => {
      if (!(await findOrder(trx, params.purchaseOrderId)))
        throw errors.notFound('Purchase order', params.purchaseOrderId);
      const { data, nextCursor } = page(
        await queries.listReceipts(trx, params.purchaseOrderId, query),
        query,
      );
      return { data: await queries.withLines(trx, data), nextCursor };
    }),
  );
  route(getReceipt, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findReceipt(trx, params.receiptId);
      if (!row) throw errors.notFound('Receipt', params.receiptId);
      const [receipt] = await queries.withLines(trx, [row]);
      return receipt as Receipt;
    }),
  );
  route(reverseReceipt, async ({ params, body, ifMatch, caller, service, command }) => {
    const asked = await command((work) =>
      reverse(work, { id: params.receiptId, reason: body?.reason, ifMatch }),
    );
    return awaitReversal(service.db, caller.tenantId, asked);
  });
});
