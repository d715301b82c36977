import { createLot, getLot, listLots, updateLot } from '@stockade/contracts/inventory';
import { defineRoutes, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { addLot, changeLot } from './commands.ts';
import * as queries from './queries.ts';

export const lotRoutes = defineRoutes<InventoryDb>((route) => {
  route(createLot, (call) => call.command((work) => addLot(work, call.body)));
  route(listLots, (call) =>
    call.read(async (trx) => page(await queries.listLots(trx, call.query), call.query)),
  );
  route(getLot, (call) => call.read((trx) => queries.getLot(trx, call.params.lotId)));
  route(updateLot, (call) =>
    call.command((work) => changeLot(work, { ...call.params, ifMatch: call.ifMatch }, call.body)),
  );
});
