import type { CreateMovementBody, Movement } from '@stockade/contracts/inventory';
import type { Work } from '@stockade/messaging';
import { createCommandGroup, LeavesBehind, ServiceError } from '@stockade/service-kit';
import { checkGuesses, withoutFigures } from '../cycle-counts/blindness.ts';
import { type Goods, lockGoods } from '../ledger/goods.ts';
import { type PlannedMovement, placesOf, planPosting } from '../ledger/posting.ts';
import { writePostings } from '../ledger/write.ts';
import type { InventoryDb } from '../tables.ts';
import { shapeOf, toNewMovement } from './commands.ts';
import { toMovement } from './queries.ts';

type InventoryWork = Work<InventoryDb>;

/** What one caller wants, judged after those before it, or why it cannot be. */
async function plan(
  work: InventoryWork,
  goods: Goods,
  body: CreateMovementBody,
): Promise<PlannedMovement | ServiceError> {
  try {
    const movement = toNewMovement(work, body, goods, '');
    if (movement.expectedOnHand !== undefined) await checkGuesses(work, placesOf(movement));
    const [planned] = await withoutFigures(work, () => planPosting(goods, [movement]));
    return planned as PlannedMovement;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

/**
 * Who is refused must leave nothing behind: not even the empty balance of a place that nobody has posted to. They are
 * carried out alone, and their transactions are rolled back.
 */
function checkLeftovers(
  goods: Goods,
  bodies: readonly CreateMovementBody[],
  results: readonly (PlannedMovement | ServiceError)[],
  good: readonly PlannedMovement[],
): void {
  const used = new Set(good.flatMap(({ entries }) => entries.map(({ balance }) => balance)));
  const members = bodies.flatMap((body, at) => {
    if (!(results[at] instanceof ServiceError)) return [];
    const touched = placesOf(shapeOf(body)).map((place) => goods.findBalance(place));
    return touched.some((balance) => balance?.unused && !used.has(balance)) ? [at] : [];
  });
  if (members.length > 0) throw new LeavesBehind(members);
}

/**
 * Single movements of a tenant that come at the same time are posted together: many scanners cost little more than one,
 * and those of one hot item do not wait for each other's locks. Each is judged by itself, in the order of arrival.
 */
export const singleMovements = createCommandGroup<InventoryDb, CreateMovementBody, Movement>({
  maxSize: 50,
  maxUnderWay: 1,
  async run(works, bodies) {
    const [first] = works;
    if (!first) return [];
    const goods = await lockGoods(
      first.trx,
      first.tenantId,
      bodies.flatMap((body) => placesOf(shapeOf(body))),
    );
    const results: (PlannedMovement | ServiceError)[] = [];
    const workOf = new Map<PlannedMovement, InventoryWork>();
    for (const [at, body] of bodies.entries()) {
      const work = works[at] as InventoryWork;
      const planned = await plan(work, goods, body);
      results.push(planned);
      if (!(planned instanceof ServiceError)) workOf.set(planned, work);
    }
    const good = [...workOf.keys()];
    if (good.length > 0) checkLeftovers(goods, bodies, results, good);
    const rows = await writePostings(first, goods, good, (planned) => workOf.get(planned) ?? first);
    const movements = new Map(good.map((planned, at) => [planned, rows[at]]));
    return results.map((result) => {
      if (result instanceof ServiceError) return result;
      return toMovement(movements.get(result) as NonNullable<(typeof rows)[number]>);
    });
  },
});
