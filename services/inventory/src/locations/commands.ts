import {
  type CreateLocationBody,
  holdingLocationCode,
  type UpdateLocationBody,
} from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { type Changes, changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { getSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';

type InventoryWork = Work<InventoryDb>;

export async function openLocation(work: InventoryWork, body: Static<typeof CreateLocationBody>) {
  const { siteId, code, name = null } = body;
  if (code === holdingLocationCode)
    throw errors.conflict(`The code ${code} is kept for the location that Stockade itself makes.`, { code });
  await getSite(work.trx, siteId);
  const location = await queries
    .insertLocation(work.trx, { tenant_id: work.tenantId, id: newId(), site_id: siteId, code, name })
    .catch((error) =>
      mapConstraint(error, {
        locations_code_key: () =>
          errors.conflict(`The site has a location with the code ${code} already.`, { siteId, code }),
      }),
    );
  tell(work, location.id, 'create', changed(null, { siteId, code, name }));
  return location;
}

export async function changeLocation(
  work: InventoryWork,
  { locationId, ifMatch }: { locationId: string; ifMatch: number | null },
  patch: Static<typeof UpdateLocationBody>,
) {
  const before = await queries.lockLocation(work.trx, locationId);
  checkVersion(before.version, ifMatch);
  const changes = changed(before, { ...before, ...patch });
  if (Object.keys(changes).length === 0) return before;
  const after = await queries.updateLocation(work.trx, locationId, { ...before, ...patch });
  tell(work, locationId, 'update', changes);
  return after;
}

/** The site's holding location, made when it is first needed; safe when several need it at once. */
export async function holdingLocation(work: InventoryWork, siteId: string): Promise<queries.LocationRow> {
  const found = await queries.findLocationByCode(work.trx, siteId, holdingLocationCode);
  if (found) return found;
  const name = 'Held goods';
  const made = await queries.insertLocationOnce(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    site_id: siteId,
    code: holdingLocationCode,
    name,
  });
  if (made) {
    tell(work, made.id, 'create', changed(null, { siteId, code: holdingLocationCode, name }));
    return made;
  }
  const others = await queries.findLocationByCode(work.trx, siteId, holdingLocationCode);
  if (!others)
    throw new Error(`The holding location of the site ${siteId} is neither there nor can it be made`);
  return others;
}

function tell(work: InventoryWork, id: string, verb: 'create' | 'update', changes: Changes): void {
  work.audit({ action: `inventory.location.${verb}`, target: { type: 'location', id }, changes });
}
