import type { CreateCycleCountBody, CycleCount, RecountBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, mapConstraint, personOf } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { findItems } from '../items/queries.ts';
import { findLocation } from '../locations/queries.ts';
import { findOpenSite } from '../sites/queries.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkStep, maxLines, type Step, varianceOf } from './rules.ts';
import { viewsOf } from './view.ts';

type CountWork = Work<InventoryDb>;

export interface StepInput {
  id: string;
  ifMatch: number | null;
}

export async function lockForStep(work: CountWork, step: Step, { id, ifMatch }: StepInput) {
  const count = await queries.lockCount(work.trx, id);
  if (!count) throw errors.notFound('Cycle count', id);
  checkVersion(count.version, ifMatch);
  checkStep(step, count);
  return count;
}

const audited = [
  'site_id',
  'location_id',
  'item_ids',
  'status',
  'reference',
  'counter_id',
  'round',
  'reason',
];

export async function finish(
  work: CountWork,
  action: string,
  before: queries.CountRow | null,
  after: queries.CountRow,
): Promise<CycleCount> {
  work.audit({
    action: `inventory.cycle-count.${action}`,
    target: { type: 'cycle-count', id: after.id },
    changes: changed(before, after, audited),
  });
  const [view] = await viewsOf(work.trx, [after], work.caller);
  return view as CycleCount;
}

/** Plans a count, by its maker unless another counter is named. */
export async function createCount(
  work: CountWork,
  body: Static<typeof CreateCycleCountBody>,
): Promise<CycleCount> {
  const { siteId, locationId, itemIds, counterId = personOf(work) } = body;
  await findOpenSite(work.trx, siteId);
  if (locationId && (await findLocation(work.trx, locationId))?.site_id !== siteId)
    throw errors.notFound('The location, at that site,');
  const items = await findItems(work.trx, itemIds ?? []);
  const unknown = itemIds?.find((id) => !items.has(id));
  if (unknown) throw errors.notFound('Item', unknown);
  const row = await queries.insertCount(work.trx, {
    ...{ tenant_id: work.tenantId, id: newId(), site_id: siteId, location_id: locationId ?? null },
    ...{ item_ids: itemIds ?? null, reference: body.reference ?? null },
    ...{ counter_id: counterId, counters: [counterId] },
    ...{ started_at: null, submitted_at: null, decided_by_person: null, decided_at: null, reason: null },
  });
  return finish(work, 'create', null, row);
}

/** From now on nobody else counts these places, and who counts them is not told what they hold. */
export async function startCount(work: CountWork, input: StepInput): Promise<CycleCount> {
  const count = await lockForStep(work, 'start', input);
  const places = await queries.placesToCount(work.trx, count, maxLines + 1);
  if (places.length > maxLines)
    throw errors.conflict(
      `This is more than ${maxLines} lines: count a location, or fewer items, at a time.`,
    );
  await queries
    .insertLines(
      work.trx,
      { tenant_id: work.tenantId, cycle_count_id: count.id },
      places.map((place) => ({ ...place, id: newId() })),
    )
    .catch(refuseOverlap);
  const after = await queries.updateCount(work.trx, count.id, { status: 'counting', started_at: work.now });
  return finish(work, 'start', count, after);
}

export const refuseOverlap = (error: unknown): never =>
  mapConstraint(error, {
    cycle_count_lines_open_key: () =>
      errors.conflict('Another count that is under way has some of these places: finish or reject it first.'),
  });

/**
 * Lines are counted anew: those named, or those with a variance; by another counter when one is named. Who counted has
 * all lines counted anew unless they name some: which of them have a variance is not for them to know.
 */
export async function recount(
  work: CountWork,
  { lineIds, counterId, ...input }: StepInput & Static<typeof RecountBody>,
): Promise<CycleCount> {
  const count = await lockForStep(work, 'recount', input);
  const lines = await queries.listLines(work.trx, [count.id]);
  const known = new Set(lines.map((line) => line.id));
  const unknown = lineIds?.find((id) => !known.has(id));
  if (unknown) throw errors.notFound('Line', unknown);
  const blind = work.caller.personId !== null && count.counters.includes(work.caller.personId);
  const varied = lines.filter((line) => blind || varianceOf(line) !== 0n);
  const again = lineIds ?? varied.map((line) => line.id);
  if (again.length === 0) throw errors.conflict('No line has a variance: name those to be counted again.');
  await queries.reopenLines(work.trx, again);
  const counter = counterId ?? count.counter_id;
  const after = await queries.updateCount(work.trx, count.id, {
    ...{ status: 'counting', round: count.round + 1, started_at: work.now, submitted_at: null },
    ...{ counter_id: counter, counters: [...new Set([...count.counters, counter])] },
  });
  return finish(work, 'recount', count, after);
}
