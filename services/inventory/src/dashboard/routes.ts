import { getDashboard } from '@stockade/contracts/inventory';
import { defineRoutes, errors } from '@stockade/service-kit';
import { countingOf } from '../cycle-counts/blindness.ts';
import { findSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { readDashboard } from './queries.ts';

export const dashboardRoutes = defineRoutes<InventoryDb>((route) => {
  route(getDashboard, ({ query, caller, read }) =>
    read(async (trx) => {
      const { siteId } = query;
      if (siteId !== undefined && !(await findSite(trx, siteId))) throw errors.notFound('Site', siteId);
      return readDashboard(trx, query, await countingOf(trx, caller));
    }),
  );
});
