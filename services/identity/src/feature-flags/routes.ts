import {
  createFeatureFlag,
  deleteFeatureFlag,
  getFeatureFlag,
  listFeatureFlags,
  updateFeatureFlag,
} from '@stockade/contracts/identity';
import { defineRoutes } from '@stockade/service-kit';
import type { Transaction } from 'kysely';
import type { IdentityDb } from '../tables.ts';
import { getKnown, known, pageByKey } from './catalogue.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { toFeatureFlag } from './view.ts';

/** What is said of flags, everybody's and the transaction's tenant's. */
async function readSaid(trx: Transaction<IdentityDb>) {
  const platform = await queries.listPlatformRows(trx);
  const tenant = await queries.listTenantRows(trx);
  return (key: string) => ({ platform: platform.get(key), tenant: tenant.get(key) });
}

export const featureFlagRoutes = defineRoutes<IdentityDb>((route) => {
  route(listFeatureFlags, ({ query, caller, read }) =>
    read(async (trx) => {
      const said = await readSaid(trx);
      return pageByKey(
        known.map((one) => toFeatureFlag(one, said(one.key), caller)),
        query,
      );
    }),
  );
  route(getFeatureFlag, ({ params, caller, read }) =>
    read(async (trx) => {
      const said = await readSaid(trx);
      return toFeatureFlag(getKnown(params.flagKey), said(params.flagKey), caller);
    }),
  );
  route(createFeatureFlag, ({ body, caller, command }) =>
    command(async (work) => {
      await commands.createRule(work, body);
      return toFeatureFlag(getKnown(body.key), (await readSaid(work.trx))(body.key), caller);
    }),
  );
  route(updateFeatureFlag, ({ params: { flagKey: key }, body, ifMatch, caller, command }) =>
    command(async (work) => {
      await commands.changeRule(work, { key, ifMatch, targeting: body });
      return toFeatureFlag(getKnown(key), (await readSaid(work.trx))(key), caller);
    }),
  );
  route(deleteFeatureFlag, async ({ params, ifMatch, command }) => {
    await command((work) => commands.removeRule(work, { key: params.flagKey, ifMatch }));
    return undefined;
  });
});
