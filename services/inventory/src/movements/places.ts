import { errors } from '@stockade/service-kit';
import type { Transaction } from 'kysely';
import { listInactiveLocations } from '../locations/queries.ts';
import { listInactiveSites } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import type { MovementShape } from './rules.ts';

const present = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** 409 when a site or location that is named is closed. Those that are not there are found by the ledger's keys. */
export async function checkPlacesActive(
  trx: Transaction<InventoryDb>,
  movements: readonly MovementShape[],
): Promise<void> {
  const [site] = await listInactiveSites(trx, present(movements.flatMap((m) => [m.site_id, m.to_site_id])));
  if (site) throw errors.invalidState({ what: `Site ${site.code}`, state: 'inactive', allowed: ['active'] });
  const locations = present(movements.flatMap((m) => [m.location_id, m.to_location_id]));
  if (locations.length === 0) return;
  const [location] = await listInactiveLocations(trx, locations);
  if (location)
    throw errors.invalidState({ what: `Location ${location.code}`, state: 'inactive', allowed: ['active'] });
}
