import {
  approveCycleCount,
  type CycleCount,
  createCycleCount,
  getCycleCount,
  listCycleCounts,
  recountCycleCount,
  rejectCycleCount,
  startCycleCount,
  submitCycleCount,
} from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { createCount, recount, startCount } from './commands.ts';
import { approveCount, rejectCount } from './decide.ts';
import * as queries from './queries.ts';
import { submitCount } from './submit.ts';
import { viewsOf } from './view.ts';

export const cycleCountRoutes = defineRoutes<InventoryDb>((route) => {
  route(createCycleCount, ({ body, command }) => command((work) => createCount(work, body)));
  route(listCycleCounts, ({ query, caller, read }) =>
    read(async (trx) => {
      const { data, nextCursor } = page(await queries.listCounts(trx, query), query);
      return { data: await viewsOf(trx, data, caller), nextCursor };
    }),
  );
  route(getCycleCount, ({ params, caller, read }) =>
    read(async (trx) => {
      const row = await queries.findCount(trx, params.cycleCountId);
      if (!row) throw errors.notFound('Cycle count', params.cycleCountId);
      const [count] = await viewsOf(trx, [row], caller);
      return count as CycleCount;
    }),
  );
  route(startCycleCount, ({ params, ifMatch, command }) =>
    command((work) => startCount(work, { id: params.cycleCountId, ifMatch })),
  );
  route(submitCycleCount, ({ params, body, ifMatch, command }) =>
    command((work) => submitCount(work, { id: params.cycleCountId, ifMatch, body })),
  );
  route(recountCycleCount, ({ params, body, ifMatch, command }) =>
    command((work) => recount(work, { id: params.cycleCountId, ifMatch, ...body })),
  );
  route(approveCycleCount, ({ params, body, ifMatch, command }) =>
    command((work) => approveCount(work, { id: params.cycleCountId, ifMatch, reason: body?.reason })),
  );
  route(rejectCycleCount, ({ params, body, ifMatch, command }) =>
    command((work) => rejectCount(work, { id: params.cycleCountId, ifMatch, reason: body?.reason })),
  );
});
