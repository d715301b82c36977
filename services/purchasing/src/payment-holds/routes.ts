import { getPaymentHold, listPaymentHolds, releasePaymentHold } from '@stockade/contracts/purchasing';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import { releaseHold } from './commands.ts';
import * as queries from './queries.ts';

export const paymentHoldRoutes = defineRoutes<PurchasingDb>((route) => {
  route(listPaymentHolds, ({ query, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listHolds(trx, query), query);
      return { data: await queries.withEvidence(trx, data), nextCursor };
    }),
  );
  route(getPaymentHold, ({ params, read }) =>
    read(async (trx) => {
      const row = await queries.findHold(trx, params.holdId);
      if (!row) throw errors.notFound('Payment hold', params.holdId);
      return queries.view(trx, row);
    }),
  );
  route(releasePaymentHold, ({ params, body, ifMatch, command }) =>
    command(async (work) => {
      const released = await releaseHold(work, { id: params.holdId, reason: body.reason, ifMatch });
      return queries.view(work.trx, released);
    }),
  );
});
