import type { Work } from '@stockade/messaging';
import type { MovementRow } from '../movements/queries.ts';
import type { InventoryDb } from '../tables.ts';
import { lockGoods } from './goods.ts';
import { type NewMovement, placesOf, planPosting } from './posting.ts';
import { writePostings } from './write.ts';

/** Posts movements that need no more checks: all or none. Once in a transaction (see `lockGoods`). */
export async function postMovements(
  work: Work<InventoryDb>,
  movements: readonly NewMovement[],
): Promise<MovementRow[]> {
  if (movements.length === 0) return [];
  const goods = await lockGoods(work.trx, work.tenantId, movements.flatMap(placesOf));
  return writePostings(work, goods, planPosting(goods, movements));
}
