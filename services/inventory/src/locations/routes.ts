import { createLocation, getLocation, listLocations, updateLocation } from '@stockade/contracts/inventory';
import { defineRoutes, page } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import { changeLocation, openLocation } from './commands.ts';
import * as queries from './queries.ts';

export const locationRoutes = defineRoutes<InventoryDb>((route) => {
  route(createLocation, (call) => call.command((work) => openLocation(work, call.body)));
  route(listLocations, (call) =>
    call.read(async (trx) => page(await queries.listLocations(trx, call.query), call.query)),
  );
  route(getLocation, (call) => call.read((trx) => queries.getLocation(trx, call.params.locationId)));
  route(updateLocation, (call) =>
    call.command((work) => changeLocation(work, { ...call.params, ifMatch: call.ifMatch }, call.body)),
  );
});
