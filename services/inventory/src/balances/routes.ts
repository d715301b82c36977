import { listBalances } from '@stockade/contracts/inventory';
import { defineRoutes, page, toInstant } from '@stockade/service-kit';
import { countingOf } from '../cycle-counts/blindness.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';

export const balanceRoutes = defineRoutes<InventoryDb>((route) => {
  route(listBalances, ({ query: { asOf, ...query }, caller, read }) => {
    const filters = { ...query, ...(asOf === undefined ? {} : { asOf: toInstant(asOf, '/asOf') }) };
    return read(async (trx) =>
      page(await queries.listBalances(trx, filters, await countingOf(trx, caller)), query),
    );
  });
});
