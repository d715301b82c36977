import { createLocation, getLocation, listLocations, updateLocation } from '@stockade/contracts/inventory';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const locationRoutes = defineRoutes<InventoryDb>((route) => {
  route(createLocation, ({ body, command }) => command((work) => commands.createLocation(work, body)));
  route(listLocations, ({ query, read }) =>
    read(async (trx) => page(await queries.listLocations(trx, query), query)),
  );
  route(getLocation, async ({ params, read }) => {
    const location = await read((trx) => queries.findLocation(trx, params.locationId));
    if (!location) throw errors.notFound('Location', params.locationId);
    return queries.toLocation(location);
  });
  route(updateLocation, ({ params, body, ifMatch, command }) =>
    command((work) => commands.changeLocation(work, params.locationId, body, ifMatch)),
  );
});
