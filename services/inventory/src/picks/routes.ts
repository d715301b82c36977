import { planPicks } from '@stockade/contracts/inventory';
import { type OurFlags, whoCalls } from '@stockade/feature-flags';
import { defineRoutes, errors } from '@stockade/service-kit';
import { countingOf } from '../cycle-counts/blindness.ts';
import { findItem } from '../items/queries.ts';
import { orNull } from '../ledger/place.ts';
import { toDecimal, toMicro } from '../ledger/quantity.ts';
import { checkQuantity } from '../movements/rules.ts';
import { findSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { pick } from './rules.ts';
import { listPickable } from './stock.ts';

export const pickRoutes = (flags: OurFlags) =>
  defineRoutes<InventoryDb>((route) => {
    route(planPicks, async ({ query: { itemId, siteId, quantity }, caller, read }) => {
      const order = await flags.value('inventory.pick-order', whoCalls(caller));
      return read(async (trx) => {
        const item = await findItem(trx, itemId);
        if (!item) throw errors.notFound('Item', itemId);
        checkQuantity(item, quantity, '/quantity');
        if (!(await findSite(trx, siteId))) throw errors.notFound('Site', siteId);
        const counting = await countingOf(trx, caller);
        if (counting?.touches({ itemId, siteId }))
          throw errors.conflict('You are counting this stock: let somebody else plan its picks.');
        const stock = await listPickable(trx, { itemIds: [itemId], siteId, order }, new Date());
        const { picks, shortage } = pick(stock, toMicro(quantity));
        return {
          data: picks.map(({ from, quantity }) => ({
            locationId: orNull(from.location_id),
            lotId: orNull(from.lot_id),
            expiresAt: from.expiresAt,
            available: toDecimal(from.available),
            quantity: toDecimal(quantity),
          })),
          shortage: toDecimal(shortage),
        };
      });
    });
  });
