import type { Caller } from './work.ts';

/** A service that acts for nobody: on a schedule, or because something happened. */
export const systemCaller = (tenantId: string, name: string): Caller => ({
  actor: { type: 'system', id: name, name },
  personId: null,
  tenantId,
  role: null,
  scopes: [],
  requestId: null,
  traceparent: null,
  ip: null,
});
