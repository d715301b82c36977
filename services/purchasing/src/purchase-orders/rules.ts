import type { OrderStatus } from '@stockade/contracts/purchasing';
import { errors } from '@stockade/service-kit';

/** From which states each step is possible. Receipts are possible from `approved` on. */
const allowedFrom = {
  change: ['draft'],
  submit: ['draft'],
  approve: ['pending_approval'],
  reject: ['pending_approval'],
  send: ['approved'],
  cancel: ['draft', 'pending_approval', 'approved', 'sent'],
  close: ['approved', 'sent', 'partially_received', 'received'],
  receive: ['approved', 'sent', 'partially_received'],
} as const satisfies Record<string, readonly OrderStatus[]>;

/** Stands for the maker of what no person made. */
export const nobody = '00000000-0000-0000-0000-000000000000';

export type Step = keyof typeof allowedFrom;

export function checkStep(step: Step, { number, status }: { number: string; status: OrderStatus }): void {
  const allowed: readonly OrderStatus[] = allowedFrom[step];
  if (!allowed.includes(status))
    throw errors.invalidState({ what: `Purchase order ${number}`, state: status, allowed });
}

/** Orders of which something may still be paid. */
export const holdable: readonly OrderStatus[] = [
  'pending_approval',
  'approved',
  'sent',
  'partially_received',
  'received',
];

export function orderNumber(year: number, sequence: number): string {
  return `PO-${year}-${String(sequence).padStart(6, '0')}`;
}
