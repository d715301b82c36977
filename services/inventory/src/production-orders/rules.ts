import { errors } from '@stockade/service-kit';
import { type Micro, shareOf, toMicro } from '../ledger/quantity.ts';
import type { LineRow, OrderRow } from './queries.ts';

const allowedFrom = {
  release: ['draft'],
  consume: ['released'],
  complete: ['released'],
  cancel: ['draft', 'released'],
} as const satisfies Record<string, readonly OrderRow['status'][]>;

export type Step = keyof typeof allowedFrom;

export function checkStep(step: Step, { id, status }: OrderRow): void {
  const allowed: readonly string[] = allowedFrom[step];
  if (!allowed.includes(status))
    throw errors.invalidState({ what: `Production order ${id}`, state: status, allowed });
}

/** What the order's lines ask for what was really made and was not consumed yet; by piece in whole pieces. */
export function toBackflush(
  line: Pick<LineRow, 'required' | 'consumed'>,
  unit: string,
  { made, planned }: { made: Micro; planned: Micro },
): Micro {
  const piece = 1_000_000n;
  const exact = shareOf(toMicro(line.required), made, planned);
  const needed = unit === 'each' ? ((exact + piece - 1n) / piece) * piece : exact;
  const open = needed - toMicro(line.consumed);
  return open > 0n ? open : 0n;
}

/** What the movements of a line are known by: numbered, so that each is there once. */
export const consumptionOf = (lineId: string, number: number): string => `production ${lineId} ${number}`;
export const outputOf = (orderId: string): string => `production ${orderId} output`;
