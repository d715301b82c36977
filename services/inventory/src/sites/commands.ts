import { siteChanged } from '@stockade/contracts';
import type { Site } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkTimeZone } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

const audited = ['code', 'name', 'timeZone', 'active'];
const target = (id: string) => ({ type: 'site', id });

function emitSite(work: InventoryWork, { id, version, code, name, active }: queries.SiteRow): void {
  work.emit(siteChanged, {
    aggregateId: id,
    aggregateVersion: version,
    payload: { siteId: id, code, name, active },
  });
}

export async function createSite(
  work: InventoryWork,
  input: { code: string; name: string; timeZone?: string },
): Promise<Site> {
  const { code, name, timeZone = 'UTC' } = input;
  checkTimeZone(timeZone);
  const row = await queries
    .insertSite(work.trx, { tenant_id: work.tenantId, id: newId(), code, name, time_zone: timeZone })
    .catch((error) =>
      mapConstraint(error, {
        sites_code_key: () => errors.conflict(`There is a site ${code} already.`, { field: 'code' }),
      }),
    );
  emitSite(work, row);
  work.audit({
    action: 'inventory.site.create',
    target: target(row.id),
    changes: changed(null, queries.toSite(row), audited),
  });
  return queries.toSite(row);
}

interface SiteChanges {
  name?: string;
  timeZone?: string;
  active?: boolean;
}

export async function changeSite(
  work: InventoryWork,
  id: string,
  { timeZone, ...changes }: SiteChanges,
  ifMatch: number | null,
): Promise<Site> {
  if (timeZone) checkTimeZone(timeZone);
  const before = await queries.lockSite(work.trx, id);
  if (!before) throw errors.notFound('Site', id);
  checkVersion(before.version, ifMatch);
  const after = await queries.updateSite(work.trx, id, {
    ...changes,
    ...(timeZone ? { time_zone: timeZone } : {}),
  });
  emitSite(work, after);
  work.audit({
    action: 'inventory.site.update',
    target: target(id),
    changes: changed(queries.toSite(before), queries.toSite(after), audited),
  });
  return queries.toSite(after);
}
