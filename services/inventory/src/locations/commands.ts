import { holdingLocationCode, type Location } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint } from '@stockade/service-kit';
import type { Insertable } from 'kysely';
import type { InventoryDb, LocationTable } from '../tables.ts';
import * as queries from './queries.ts';

type InventoryWork = Work<InventoryDb>;

const audited = ['siteId', 'code', 'name', 'active'];
const target = (id: string) => ({ type: 'location', id });

export function auditNew(work: InventoryWork, row: queries.LocationRow): void {
  work.audit({
    action: 'inventory.location.create',
    target: target(row.id),
    changes: changed(null, queries.toLocation(row), audited),
  });
}

export interface NewLocation {
  siteId: string;
  code: string;
  name?: string;
}

/** The row of a new location, once what no schema can say of it is checked too. */
export function toNewRow(
  { tenantId }: InventoryWork,
  { siteId, code, name }: NewLocation,
): Insertable<LocationTable> {
  if (code === holdingLocationCode)
    throw errors.conflict(`The code ${code} is kept for goods that arrived and have to be looked at.`, {
      field: 'code',
    });
  return { tenant_id: tenantId, id: newId(), site_id: siteId, code, name: name ?? code };
}

export async function createLocation(work: InventoryWork, body: NewLocation): Promise<Location> {
  const { siteId, code } = body;
  const row = await queries.insertLocation(work.trx, toNewRow(work, body)).catch((error) =>
    mapConstraint(error, {
      locations_code_key: () =>
        errors.conflict(`This site has a location ${code} already.`, { field: 'code' }),
      locations_site_fkey: () => errors.notFound('Site', siteId),
    }),
  );
  auditNew(work, row);
  return queries.toLocation(row);
}

export async function changeLocation(
  work: InventoryWork,
  id: string,
  changes: { name?: string; active?: boolean },
  ifMatch: number | null,
): Promise<Location> {
  const before = await queries.lockLocation(work.trx, id);
  if (!before) throw errors.notFound('Location', id);
  checkVersion(before.version, ifMatch);
  const after = await queries.updateLocation(work.trx, id, changes);
  work.audit({
    action: 'inventory.location.update',
    target: target(id),
    changes: changed(queries.toLocation(before), queries.toLocation(after), audited),
  });
  return queries.toLocation(after);
}

/** Where goods go that arrived and cannot be put anywhere else until a person has looked at them. */
export async function holdingLocation(work: InventoryWork, siteId: string): Promise<string> {
  const { id, made } = await queries.ensureLocation(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    site_id: siteId,
    code: holdingLocationCode,
    name: 'Holding: to be looked at',
  });
  if (made) auditNew(work, made);
  return id;
}
