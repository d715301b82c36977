import type { SubmitCycleCountBody } from '@stockade/contracts/inventory';
import { errors, type FieldProblem, toInstant } from '@stockade/service-kit';
import { orNil, placeKey } from '../ledger/place.ts';
import { type Micro, toMicro } from '../ledger/quantity.ts';
import type { Place } from '../tables.ts';
import type { CountRow, LineRow } from './queries.ts';

/** The lines that one count has at most. */
export const maxLines = 1_000;
/** How far ahead of ours the clock of who counted may be. */
const clockToleranceMs = 5 * 60_000;

const allowedFrom = {
  start: ['draft'],
  submit: ['counting'],
  recount: ['submitted'],
  approve: ['submitted'],
  reject: ['draft', 'counting', 'submitted'],
} as const satisfies Record<string, readonly CountRow['status'][]>;

export type Step = keyof typeof allowedFrom;

export function checkStep(step: Step, { id, status }: Pick<CountRow, 'id' | 'status'>): void {
  const allowed: readonly string[] = allowedFrom[step];
  if (!allowed.includes(status))
    throw errors.invalidState({ what: `Cycle count ${id}`, state: status, allowed });
}

/** What was counted less what was expected; null as long as nothing was counted. */
export function varianceOf({ counted, expected }: Pick<LineRow, 'counted' | 'expected'>): Micro | null {
  return counted === null || expected === null ? null : toMicro(counted) - toMicro(expected);
}

type Handed = SubmitCycleCountBody['lines'][number];

/** What a person hands in, brought together with the lines that were to be counted. */
export interface Sheet {
  /** By id, of lines that are there. */
  counted: { line: LineRow; handed: Handed; at: number }[];
  /** Stock that nobody expected. */
  found: { place: Place; handed: Handed; at: number }[];
}

function placeOf(count: CountRow, handed: Handed, wrong: (message: string) => void): Place | null {
  const { itemId, locationId, lotId } = handed;
  if (!itemId) {
    wrong('names neither a line nor an item');
    return null;
  }
  if (count.item_ids && !count.item_ids.includes(itemId)) wrong('is of an item that this count is not about');
  if (count.location_id && locationId !== undefined && locationId !== count.location_id)
    wrong('is at a location that this count is not about');
  return {
    item_id: itemId,
    site_id: count.site_id,
    location_id: orNil(locationId ?? count.location_id),
    lot_id: orNil(lotId),
  };
}

/** Every line that is to be counted has to be there, each once. Throws a 400 that names each that is wrong or missing. */
export function readSheet(count: CountRow, lines: readonly LineRow[], handed: readonly Handed[]): Sheet {
  const problems: FieldProblem[] = [];
  const byId = new Map(lines.map((line) => [line.id, line]));
  const byPlace = new Map(lines.map((line) => [placeKey(line), line]));
  const sheet: Sheet = { counted: [], found: [] };
  const seen = new Set<string>();
  for (const [at, one] of handed.entries()) {
    const wrong = (message: string) => problems.push({ path: `/lines/${at}`, message });
    const place = one.lineId ? null : placeOf(count, one, wrong);
    if (!one.lineId && !place) continue;
    const line = one.lineId ? byId.get(one.lineId) : byPlace.get(placeKey(place as Place));
    if (one.lineId && !line) throw errors.notFound('Line', one.lineId);
    const key = line?.id ?? placeKey(place as Place);
    if (seen.has(key)) wrong('is counted for the second time');
    else if (line && !line.to_count) wrong('is not to be counted again');
    seen.add(key);
    if (line) sheet.counted.push({ line, handed: one, at });
    else sheet.found.push({ place: place as Place, handed: one, at });
  }
  for (const line of lines)
    if (line.to_count && !seen.has(line.id))
      problems.push({
        path: '/lines',
        message: `has no count of the line ${line.id}: count 0 when nothing is there`,
      });
  if (problems.length > 0) throw errors.validation(problems);
  return sheet;
}

/** When a line was counted: not before its round began, not in the future. */
export function countedAt(text: string, since: Date | null, now: Date, path: string): Date {
  const at = toInstant(text, path);
  if (since && at < since)
    throw errors.validation([{ path, message: 'is before this round of the count began' }]);
  if (at.getTime() > now.getTime() + clockToleranceMs)
    throw errors.validation([{ path, message: 'is in the future' }]);
  return at;
}
