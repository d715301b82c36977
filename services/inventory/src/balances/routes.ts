import { listBalances } from '@stockade/contracts/inventory';
import { defineRoutes, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';

export const balanceRoutes = defineRoutes<InventoryDb>((route) => {
  route(listBalances, ({ query, read }) =>
    read(async (trx) => page(await queries.listBalances(trx, query), query)),
  );
});
