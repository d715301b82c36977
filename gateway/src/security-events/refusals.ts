import { isKnownCaller, type Principal, type SampledEventType } from '@stockade/contracts';
import type { ServiceError } from '@stockade/service-kit/errors';
import { callOf, type SecurityEventInput, type SecurityEvents } from '@stockade/service-kit/security-events';
import type { FastifyRequest } from 'fastify';

/** Who called, as an audit entry names them; null for who is not known. */
function actorOf(principal: Principal | null): SecurityEventInput['actor'] {
  if (!isKnownCaller(principal)) return null;
  const { type, id, name } = principal;
  return { type, id, name };
}

/** What kind of event a refusal is; undefined for failures that are none. */
function typeOf({ code, details }: ServiceError, isKnown: boolean): SampledEventType | undefined {
  if (code === 'UNAUTHENTICATED') return 'gateway.credential.refused';
  if (code === 'CSRF_FAILED') return 'gateway.csrf.failed';
  // Without a credential only a page's origin can be wrong.
  if (code === 'FORBIDDEN') return isKnown ? 'gateway.access.refused' : 'gateway.csrf.failed';
  if (code === 'RATE_LIMITED') return details?.blocked ? 'gateway.address.refused' : 'gateway.limit.exceeded';
  return undefined;
}

/** Notes something of a call, in the log of the caller's tenant. Gives whether it is told by itself. */
export function noteCall(
  events: SecurityEvents,
  request: FastifyRequest,
  event: Pick<SecurityEventInput, 'type' | 'target' | 'details'>,
): boolean {
  const { principal, ip } = request;
  return events.note({
    ...event,
    tenantId: principal?.tenantId ?? null,
    actor: actorOf(principal),
    ip,
    ...callOf(request),
  });
}

/** Notes what the gateway itself refused. */
export function noteRefused(events: SecurityEvents, request: FastifyRequest, error: ServiceError): void {
  const type = typeOf(error, actorOf(request.principal) !== null);
  if (!type) return;
  const { tier, scope } = error.details ?? {};
  const known = Object.entries({ tier, scope }).filter(([, value]) => typeof value === 'string');
  const details = Object.fromEntries(known) as Record<string, string>;
  request.isOnlyCounted = !noteCall(events, request, { type, details });
}

/** Notes what a service refused somebody known; of wrong sign-ins and signatures the services tell themselves. */
export function noteAnswer(
  events: SecurityEvents,
  request: FastifyRequest,
  { status, service }: { status: number; service: string },
): void {
  if (status !== 403 || actorOf(request.principal) === null) return;
  noteCall(events, request, { type: 'gateway.access.refused', details: { service } });
}

/** An address that is blocked because of what came from it. */
export const blockedAddress = (ip: string, seconds: number): SecurityEventInput => ({
  ...{
    type: 'gateway.address.blocked',
    tenantId: null,
    actor: null,
    ip,
    details: { by: 'refusals', seconds },
  },
  ...{ route: null, requestId: null, traceparent: null },
});
