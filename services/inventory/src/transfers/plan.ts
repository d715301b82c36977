import type { CreateTransferBody } from '@stockade/contracts/inventory';
import { errors } from '@stockade/service-kit';
import type { Kysely, Transaction } from 'kysely';
import type { Static } from 'typebox';
import { findItems } from '../items/queries.ts';
import { findLocations } from '../locations/queries.ts';
import { findLots } from '../lots/queries.ts';
import { checkActive, checkLot, checkQuantity } from '../movements/rules.ts';
import { findOpenSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';

type Body = Static<typeof CreateTransferBody>;
type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

const given = (ids: readonly (string | undefined)[]) => ids.filter((id) => id !== undefined);

/** Whether a transfer could be carried out as far as can be known: its sites, items, lots and locations fit together. */
export async function checkPlan(db: Db, { fromSiteId, toSiteId, lines }: Body): Promise<void> {
  if (fromSiteId === toSiteId)
    throw errors.validation([{ path: '/toSiteId', message: 'must be another site than it comes from' }]);
  await findOpenSite(db, fromSiteId);
  await findOpenSite(db, toSiteId);
  const items = await findItems(db, given(lines.map((line) => line.itemId)));
  const lots = await findLots(db, given(lines.map((line) => line.lotId)));
  const locations = await findLocations(
    db,
    given(lines.flatMap((line) => [line.fromLocationId, line.toLocationId])),
  );
  for (const [at, line] of lines.entries()) {
    const item = items.get(line.itemId);
    if (!item) throw errors.notFound('Item', line.itemId);
    checkActive(item);
    checkQuantity(item, line.quantity, `/lines/${at}/quantity`);
    checkLot(item, line.lotId, `/lines/${at}/lotId`);
    if (line.lotId && lots.get(line.lotId)?.item_id !== item.id)
      throw errors.notFound('The lot, of that item,');
    for (const [locationId, siteId] of [
      [line.fromLocationId, fromSiteId],
      [line.toLocationId, toSiteId],
    ] as const)
      if (locationId && locations.get(locationId)?.site_id !== siteId)
        throw errors.notFound('The location, at that site,');
  }
}
