import { createSite, getSite, listSites, updateSite } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const siteRoutes = defineRoutes<InventoryDb>((route) => {
  route(createSite, ({ body, command }) => command((work) => commands.createSite(work, body)));
  route(listSites, ({ query, read }) =>
    read(async (trx) => page(await queries.listSites(trx, query), query)),
  );
  route(getSite, async ({ params, read }) => {
    const site = await read((trx) => queries.findSite(trx, params.siteId));
    if (!site) throw errors.notFound('Site', params.siteId);
    return queries.toSite(site);
  });
  route(updateSite, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeSite(work, params.siteId, body, ifMatch)),
  );
});
