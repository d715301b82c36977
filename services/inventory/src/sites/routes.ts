import { createSite, getSite, listSites, updateSite } from '@stockade/contracts/inventory';
import { defineRoutes, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { changeSite, openSite } from './commands.ts';
import * as queries from './queries.ts';

export const siteRoutes = defineRoutes<InventoryDb>((route) => {
  route(createSite, (call) => call.command((work) => openSite(work, call.body)));
  route(listSites, (call) =>
    call.read(async (trx) => page(await queries.listSites(trx, call.query), call.query)),
  );
  route(getSite, (call) => call.read((trx) => queries.getSite(trx, call.params.siteId)));
  route(updateSite, (call) =>
    call.command((work) => changeSite(work, { ...call.params, ifMatch: call.ifMatch }, call.body)),
  );
});
