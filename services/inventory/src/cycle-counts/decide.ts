import type { CycleCount } from '@stockade/contracts/inventory';
import type { Work } from '@stockade/messaging';
import { errors, personOf } from '@stockade/service-kit';
import { orNull } from '../ledger/place.ts';
import { postMovements } from '../ledger/post.ts';
import type { NewMovement } from '../ledger/posting.ts';
import { StockRefusal } from '../ledger/refusals.ts';
import type { InventoryDb } from '../tables.ts';
import { finish, lockForStep, type StepInput } from './commands.ts';
import * as queries from './queries.ts';
import { varianceOf } from './rules.ts';

type CountWork = Work<InventoryDb>;
type Decision = StepInput & { reason: string | undefined };

function adjustmentOf(work: CountWork, count: queries.CountRow, line: queries.LineRow): NewMovement {
  return {
    ...{ type: 'COUNT', item_id: line.item_id, site_id: line.site_id, quantity: varianceOf(line) ?? 0n },
    ...{ location_id: orNull(line.location_id), lot_id: orNull(line.lot_id) },
    ...{ to_site_id: null, to_location_id: null, reason: 'Cycle count', reference: count.reference },
    // What was found is so since it was counted.
    occurred_at: line.counted_at ?? work.now,
    actor: work.caller.actor,
    source: `count ${count.id} ${line.id}`,
  };
}

/** Posts one movement for each variance. By nobody who counted; a constraint holds that too. */
export async function approveCount(work: CountWork, { reason, ...input }: Decision): Promise<CycleCount> {
  const count = await lockForStep(work, 'approve', input);
  const person = personOf(work);
  if (count.counters.includes(person))
    throw errors.forbidden('A count is approved by another person than those who counted.');
  const varied = (await queries.listLines(work.trx, [count.id])).filter((line) => varianceOf(line) !== 0n);
  const rows = await postMovements(
    work,
    varied.map((line) => adjustmentOf(work, count, line)),
  ).catch((error) => {
    if (!(error instanceof StockRefusal && error.code === 'INSUFFICIENT_STOCK')) throw error;
    throw errors.conflict(
      'This count would take away more than is available by now: have it counted again, or release reservations of it.',
      error.details,
    );
  });
  await queries.closeLines(
    work.trx,
    count.id,
    varied.map((line, at) => ({ lineId: line.id, movementId: rows[at]?.id ?? '' })),
  );
  return decide(work, 'approve', count, { status: 'approved', person, reason });
}

/** Nothing is posted. */
export async function rejectCount(work: CountWork, { reason, ...input }: Decision): Promise<CycleCount> {
  const count = await lockForStep(work, 'reject', input);
  await queries.closeLines(work.trx, count.id, []);
  return decide(work, 'reject', count, { status: 'rejected', person: personOf(work), reason });
}

async function decide(
  work: CountWork,
  action: string,
  count: queries.CountRow,
  { status, person, reason }: { status: 'approved' | 'rejected'; person: string; reason: string | undefined },
): Promise<CycleCount> {
  const after = await queries.updateCount(work.trx, count.id, {
    ...{ status, decided_by: JSON.stringify(work.caller.actor), decided_by_person: person },
    ...{ decided_at: work.now, reason: reason ?? null },
  });
  return finish(work, action, count, after);
}
