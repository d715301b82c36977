import type { CreateMovementBody, Movement } from '@stockade/contracts/inventory';
import type { Work } from '@stockade/messaging';
import { errors } from '@stockade/service-kit';
import { checkGuesses, withoutFigures } from '../cycle-counts/blindness.ts';
import { type Goods, lockGoods } from '../ledger/goods.ts';
import { entriesOf, type MovementShape, type NewMovement, placesOf, planPosting } from '../ledger/posting.ts';
import { toDecimal, toMicro } from '../ledger/quantity.ts';
import { writePostings } from '../ledger/write.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkMovement } from './rules.ts';

type InventoryWork = Work<InventoryDb>;

/** Where a movement happens; its quantity is known once its item is. */
export const shapeOf = (body: CreateMovementBody): MovementShape => ({
  type: body.type,
  item_id: body.itemId,
  site_id: body.siteId,
  location_id: body.locationId ?? null,
  lot_id: body.lotId ?? null,
  quantity: 0n,
  to_site_id: body.toSiteId ?? (body.toLocationId ? body.siteId : null),
  to_location_id: body.toLocationId ?? null,
});

export function toNewMovement(
  work: InventoryWork,
  body: CreateMovementBody,
  goods: Goods,
  at: string,
): NewMovement {
  const item = goods.item(body.itemId);
  const quantity = checkMovement(body, item, work.now, { at, isHeld: goods.isHolding(body.locationId) });
  const movement: NewMovement = {
    ...shapeOf(body),
    quantity,
    reason: body.reason ?? null,
    reference: body.reference ?? null,
    occurred_at: body.occurredAt === undefined ? work.now : new Date(body.occurredAt),
    actor: work.caller.actor,
    expectedOnHand: body.expectedOnHand,
    entered:
      body.unit === undefined || body.unit === item.unit
        ? undefined
        : { quantity: toDecimal(toMicro(body.quantity)), unit: body.unit },
  };
  for (const entry of entriesOf(movement)) goods.checkOpen(entry);
  return movement;
}

/** Posts what a caller wants: all of it or nothing. `at` names where in the body a movement stands. */
export async function createMovements(
  work: InventoryWork,
  bodies: readonly CreateMovementBody[],
  at: (index: number) => string,
): Promise<Movement[]> {
  const goods = await lockGoods(
    work.trx,
    work.tenantId,
    bodies.flatMap((body) => placesOf(shapeOf(body))),
  );
  const movements = bodies.map((body, index) => toNewMovement(work, body, goods, at(index)));
  const guessed = movements.filter(({ expectedOnHand }) => expectedOnHand !== undefined);
  await checkGuesses(work, guessed.flatMap(placesOf));
  const planned = await withoutFigures(work, () => planPosting(goods, movements));
  return (await writePostings(work, goods, planned)).map(queries.toMovement);
}

/** What the system posted for a document of its own is taken back by that document: 409. */
function checkReversible(movement: queries.MovementRow, id: string): void {
  if (movement.reverses_id)
    throw errors.invalidState({ what: `Movement ${id}`, state: 'a reversal itself', allowed: [] });
  if (movement.reversed_by_id)
    throw errors.conflict('This movement has been reversed already.', {
      reversedById: movement.reversed_by_id,
    });
  const owner = queries.ownerOf(movement);
  if (owner)
    throw errors.conflict(`This movement belongs to a ${owner}: correct it there.`, { belongsTo: owner });
}

/** The contrary of a movement. */
export function reversalOf(
  movement: queries.MovementRow,
  by: Pick<NewMovement, 'actor' | 'occurred_at' | 'reason'>,
): NewMovement {
  const { type, item_id, site_id, location_id, lot_id, to_site_id, to_location_id, reference, leg } =
    movement;
  return {
    ...{ type, item_id, site_id, location_id, lot_id, to_site_id, to_location_id, reference },
    ...(leg ? { leg } : {}),
    quantity: -toMicro(movement.quantity),
    ...by,
    reverses_id: movement.id,
  };
}

/** Takes a movement back by its counter-movement; once only, which a unique key makes sure of. */
export async function reverseMovement(
  work: InventoryWork,
  id: string,
  reason: string | undefined,
): Promise<Movement> {
  await queries.lockReversals(work.trx, [id]);
  const movement = await queries.findMovement(work.trx, id);
  if (!movement) throw errors.notFound('Movement', id);
  checkReversible(movement, id);
  const reversal = reversalOf(movement, {
    actor: work.caller.actor,
    occurred_at: work.now,
    reason: reason ?? 'Reversal',
  });
  const goods = await lockGoods(work.trx, work.tenantId, placesOf(reversal));
  const planned = await withoutFigures(work, () => planPosting(goods, [reversal]));
  const [row] = await writePostings(work, goods, planned);
  return queries.toMovement(row as queries.MovementRow);
}
