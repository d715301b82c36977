import type { CreateMovementBody, Movement } from '@stockade/contracts/inventory';
import type { Work } from '@stockade/messaging';
import { errors } from '@stockade/service-kit';
import { type ItemRow, shareItems } from '../items/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { checkPlacesActive } from './places.ts';
import { type NewMovement, postMovements } from './post.ts';
import * as queries from './queries.ts';
import { checkMovement, negate } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

async function itemsById(work: InventoryWork, ids: readonly string[]): Promise<Map<string, ItemRow>> {
  const items = await shareItems(work.trx, [...new Set(ids)]);
  return new Map(items.map((item) => [item.id, item]));
}

function toNewMovement(work: InventoryWork, body: CreateMovementBody, item: ItemRow): NewMovement {
  return {
    type: body.type,
    item,
    item_id: body.itemId,
    site_id: body.siteId,
    location_id: body.locationId ?? null,
    lot_id: body.lotId ?? null,
    quantity: body.quantity,
    to_site_id: body.toSiteId ?? (body.toLocationId ? body.siteId : null),
    to_location_id: body.toLocationId ?? null,
    reason: body.reason ?? null,
    reference: body.reference ?? null,
    occurred_at: body.occurredAt === undefined ? work.now : new Date(body.occurredAt),
    actor: work.caller.actor,
    expectedOnHand: body.expectedOnHand,
  };
}

/** Posts what a caller wants: all of it or nothing. `at` names where in the body a movement stands. */
export async function createMovements(
  work: InventoryWork,
  bodies: readonly CreateMovementBody[],
  at: (index: number) => string,
): Promise<Movement[]> {
  const items = await itemsById(
    work,
    bodies.map((body) => body.itemId),
  );
  const movements = bodies.map((body, index) => {
    const item = items.get(body.itemId);
    if (!item) throw errors.notFound('Item', body.itemId);
    checkMovement(body, item, work.now, at(index));
    return toNewMovement(work, body, item);
  });
  await checkPlacesActive(work.trx, movements);
  return (await postMovements(work, movements)).map(queries.toMovement);
}

/** Takes a movement back by its counter-movement; once only, which a unique key makes sure of. */
export async function reverseMovement(
  work: InventoryWork,
  id: string,
  reason: string | undefined,
): Promise<Movement> {
  await queries.lockReversal(work.trx, id);
  const movement = await queries.findMovement(work.trx, id);
  if (!movement) throw errors.notFound('Movement', id);
  if (movement.reverses_id)
    throw errors.invalidState({ what: `Movement ${id}`, state: 'a reversal itself', allowed: [] });
  if (movement.reversed_by_id)
    throw errors.conflict('This movement has been reversed already.', {
      reversedById: movement.reversed_by_id,
    });
  const item = (await itemsById(work, [movement.item_id])).get(movement.item_id) as ItemRow;
  const { type, item_id, site_id, location_id, lot_id, to_site_id, to_location_id, reference } = movement;
  const [reversal] = await postMovements(work, [
    {
      ...{ type, item, item_id, site_id, location_id, lot_id, to_site_id, to_location_id, reference },
      quantity: negate(movement.quantity),
      reason: reason ?? 'Reversal',
      occurred_at: work.now,
      actor: work.caller.actor,
      reverses_id: id,
    },
  ]);
  return queries.toMovement(reversal as queries.MovementRow);
}
