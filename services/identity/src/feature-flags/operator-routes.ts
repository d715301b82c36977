import {
  deleteTenantFlagOverride,
  getPlatformFeatureFlag,
  listPlatformFeatureFlags,
  listTenantFlagOverrides,
  setTenantFlagOverride,
  updatePlatformFeatureFlag,
} from '@stockade/contracts/identity';
import { runWork } from '@stockade/messaging';
import { defineRoutes, page, type Service } from '@stockade/service-kit';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { getKnown, type Known, known, pageByKey } from './catalogue.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { toOverride, toPlatformFlag } from './view.ts';

/** Shows flags with all that is known of them across tenants. */
async function show({ systemDb, config }: Service<IdentityDb>, flags: readonly Known[]) {
  const rows = await queries.listPlatformRows(systemDb);
  const usage = await queries.readUsage(systemDb);
  const shared = { now: new Date(), staleDays: (config as Config).FEATURE_FLAG_STALE_DAYS };
  return flags.map((one) =>
    toPlatformFlag(one, { row: rows.get(one.key), usage: usage.get(one.key), ...shared }),
  );
}

export const operatorFlagRoutes = defineRoutes<IdentityDb>((route) => {
  route(listPlatformFeatureFlags, async ({ query: { stale, ...query }, service }) => {
    const flags = await show(service, known);
    return pageByKey(
      stale === undefined ? flags : flags.filter((flag) => flag.stale.length > 0 === stale),
      query,
    );
  });
  route(getPlatformFeatureFlag, async ({ params, service }) => {
    const [flag] = await show(service, [getKnown(params.flagKey)]);
    return flag;
  });
  route(updatePlatformFeatureFlag, async ({ params: { flagKey: key }, body, ifMatch, service, command }) => {
    const usage = (await queries.readUsage(service.systemDb)).get(key);
    const { FEATURE_FLAG_STALE_DAYS: staleDays } = service.config as Config;
    return command(async (work) => {
      const row = await commands.changeRollout(work, { key, ifMatch, changes: body });
      return toPlatformFlag(getKnown(key), { row, usage, now: work.now, staleDays });
    });
  });
  route(listTenantFlagOverrides, async ({ params, query, service }) => {
    const { key } = getKnown(params.flagKey);
    const rows = await queries.listOverrides(service.systemDb, key, query);
    const { data, nextCursor } = page(
      rows.map((row) => ({ id: row.tenant_id, row })),
      query,
    );
    return { data: data.map(({ row }) => toOverride(row)), nextCursor };
  });
  route(
    setTenantFlagOverride,
    async ({ params: { flagKey: key, tenantId }, body, ifMatch, caller, service }) =>
      toOverride(
        await runWork(service.db, { ...caller, tenantId }, (work) =>
          commands.setOverride(work, { key, ifMatch, targeting: body }),
        ),
      ),
  );
  route(
    deleteTenantFlagOverride,
    async ({ params: { flagKey: key, tenantId }, ifMatch, caller, service }) => {
      await runWork(service.db, { ...caller, tenantId }, (work) =>
        commands.removeOverride(work, { key, ifMatch }),
      );
      return undefined;
    },
  );
});
