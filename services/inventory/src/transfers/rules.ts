import { errors, type FieldProblem } from '@stockade/service-kit';
import { type Micro, toDecimal, toMicro } from '../ledger/quantity.ts';
import { inTransit, type LineRow, type TransferRow } from './queries.ts';

const allowedFrom = {
  dispatch: ['draft'],
  receive: ['in_transit'],
  cancel: ['draft', 'in_transit'],
} as const satisfies Record<string, readonly TransferRow['status'][]>;

export function checkStep(step: keyof typeof allowedFrom, { id, status }: TransferRow): void {
  const allowed: readonly string[] = allowedFrom[step];
  if (!allowed.includes(status))
    throw errors.invalidState({ what: `Transfer ${id}`, state: status, allowed });
}

export interface Outcome {
  line: LineRow;
  received: Micro;
  lost: Micro;
}

interface Reported {
  lineId: string;
  quantity?: string;
  lost?: string;
}

/** What arrived and what was lost, by line: never more than is in transit. Without a report everything arrived. */
export function outcomesOf(lines: readonly LineRow[], reported: readonly Reported[] | undefined): Outcome[] {
  if (!reported)
    return lines
      .map((line) => ({ line, received: inTransit(line), lost: 0n }))
      .filter(({ received }) => received > 0n);
  const problems: FieldProblem[] = [];
  const byId = new Map(lines.map((line) => [line.id, line]));
  const seen = new Set<string>();
  const outcomes = reported.flatMap(({ lineId, quantity = '0', lost = '0' }, at): Outcome[] => {
    const line = byId.get(lineId);
    if (!line) throw errors.notFound('Line', lineId);
    const outcome = { line, received: toMicro(quantity), lost: toMicro(lost) };
    const wrong = (message: string) => problems.push({ path: `/lines/${at}`, message });
    if (seen.has(lineId)) wrong('names a line for the second time');
    seen.add(lineId);
    if (outcome.received + outcome.lost === 0n) wrong('says neither what arrived nor what was lost');
    if (outcome.received + outcome.lost > inTransit(line))
      throw errors.conflict(`Only ${toDecimal(inTransit(line))} of this line is in transit.`, {
        lineId,
        inTransit: toDecimal(inTransit(line)),
      });
    return [outcome];
  });
  if (problems.length > 0) throw errors.validation(problems);
  return outcomes;
}
