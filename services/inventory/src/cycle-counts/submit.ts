import type { CycleCount, SubmitCycleCountBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import type { Work } from '@stockade/messaging';
import { errors, personOf } from '@stockade/service-kit';
import { type Goods, lockGoods } from '../ledger/goods.ts';
import { checkLot, checkQuantity } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';
import { finish, lockForStep, refuseOverlap, type StepInput } from './commands.ts';
import * as queries from './queries.ts';
import { countedAt, maxLines, readSheet, type Sheet } from './rules.ts';

/**
 * Hands in what was counted. The variance is against what the ledger had when each line was counted: the balances are
 * locked first, so every movement recorded before that moment is in, and what comes later is no variance.
 */
export async function submitCount(
  work: Work<InventoryDb>,
  { body, ...input }: StepInput & { body: SubmitCycleCountBody },
): Promise<CycleCount> {
  const count = await lockForStep(work, 'submit', input);
  if (personOf(work) !== count.counter_id)
    throw errors.forbidden('A count is handed in by who was named to count.');
  const lines = await queries.listLines(work.trx, [count.id]);
  const sheet = readSheet(count, lines, body.lines);
  if (lines.length + sheet.found.length > maxLines)
    throw errors.conflict(`A count has at most ${maxLines} lines.`);
  const goods = await lockGoods(work.trx, work.tenantId, [
    ...sheet.counted.map(({ line }) => line),
    ...sheet.found.map(({ place }) => place),
  ]);
  checkUnits(goods, sheet);
  const found = sheet.found.map(({ place, handed, at }) => {
    goods.balance(place);
    return { id: newId(), ...place, handed, at };
  });
  await queries
    .insertLines(
      work.trx,
      { tenant_id: work.tenantId, cycle_count_id: count.id },
      found.map(({ handed: _, at: __, ...line }) => line),
    )
    .catch(refuseOverlap);
  const handed = [...sheet.counted.map(({ line, ...one }) => ({ ...one, id: line.id })), ...found];
  await queries.noteCounted(
    work.trx,
    handed.map(({ id, handed, at }) => ({
      id,
      counted: handed.quantity,
      counted_at: handed.countedAt
        ? countedAt(handed.countedAt, count.started_at, work.now, `/lines/${at}/countedAt`)
        : null,
    })),
  );
  const after = await queries.updateCount(work.trx, count.id, {
    status: 'submitted',
    submitted_at: work.now,
  });
  return finish(work, 'submit', count, after);
}

function checkUnits(goods: Goods, { counted, found }: Sheet): void {
  for (const { line, handed, at } of counted)
    checkQuantity(goods.item(line.item_id), handed.quantity, `/lines/${at}/quantity`);
  for (const { place, handed, at } of found) {
    const item = goods.item(place.item_id);
    checkQuantity(item, handed.quantity, `/lines/${at}/quantity`);
    checkLot(item, handed.lotId, `/lines/${at}/lotId`);
  }
}
