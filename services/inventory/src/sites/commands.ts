import { siteChanged } from '@stockade/contracts';
import type { CreateSiteBody, UpdateSiteBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { type Changes, changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkTimeZone } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

export async function openSite(work: InventoryWork, body: Static<typeof CreateSiteBody>) {
  const { code, name, timeZone = 'UTC' } = body;
  checkTimeZone(timeZone);
  const site = await queries
    .insertSite(work.trx, { tenant_id: work.tenantId, id: newId(), code, name, time_zone: timeZone })
    .catch((error) =>
      mapConstraint(error, {
        sites_code_key: () => errors.conflict(`There is a site with the code ${code} already.`, { code }),
      }),
    );
  tell(work, site, 'create', changed(null, { code, name, timeZone }));
  return site;
}

export async function changeSite(
  work: InventoryWork,
  { siteId, ifMatch }: { siteId: string; ifMatch: number | null },
  patch: Static<typeof UpdateSiteBody>,
) {
  if (patch.timeZone !== undefined) checkTimeZone(patch.timeZone);
  const before = await queries.lockSite(work.trx, siteId);
  checkVersion(before.version, ifMatch);
  const changes = changed(before, { ...before, ...patch });
  if (Object.keys(changes).length === 0) return before;
  const after = await queries.updateSite(work.trx, siteId, { ...before, ...patch });
  tell(work, after, 'update', changes);
  return after;
}

/** Purchasing keeps a copy of each site. */
function tell(work: InventoryWork, site: queries.SiteRow, verb: 'create' | 'update', changes: Changes): void {
  const { id, code, name, active, version } = site;
  work.emit(siteChanged, {
    aggregateId: id,
    aggregateVersion: version,
    payload: { siteId: id, code, name, active },
  });
  work.audit({ action: `inventory.site.${verb}`, target: { type: 'site', id }, changes });
}
