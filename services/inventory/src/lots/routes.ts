import { createLot, getLot, listLots, updateLot } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const lotRoutes = defineRoutes<InventoryDb>((route) => {
  route(createLot, ({ body, command }) => command((work) => commands.createLot(work, body)));
  route(listLots, ({ query, read }) => read(async (trx) => page(await queries.listLots(trx, query), query)));
  route(getLot, async ({ params, read }) => {
    const lot = await read((trx) => queries.findLot(trx, params.lotId));
    if (!lot) throw errors.notFound('Lot', params.lotId);
    return queries.toLot(lot);
  });
  route(updateLot, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeLot(work, params.lotId, body, ifMatch)),
  );
});
