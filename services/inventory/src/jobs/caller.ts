import { type Caller, systemCaller } from '@stockade/messaging';
import type { JobCaller } from '../tables.ts';

/** What a job keeps of who asked for it. */
export function toJobCaller({ actor, personId, requestId, traceparent, ip }: Caller): JobCaller {
  return { actor, personId, requestId, traceparent, ip };
}

/** Whom a job works for: what it changes is changed in their name. */
export const fromJobCaller = (tenantId: string, { actor, ...rest }: JobCaller): Caller => ({
  ...systemCaller(tenantId, 'inventory'),
  ...rest,
  actor: actor as Caller['actor'],
});
