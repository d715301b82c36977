import {
  clientIpHeader,
  type Operation,
  type Principal,
  platformTenantId,
  principalHeader,
  principalRefusedHeader,
} from '@stockade/contracts';
import type { Caller } from '@stockade/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors } from './errors.ts';
import type { PrincipalVerifier } from './principal.ts';
import { callOf, type SecurityEvents } from './security-events.ts';

/** Who the gateway says is calling. Without a valid token nobody is let in, wherever the call came from. */
export async function authenticate(
  request: FastifyRequest,
  reply: FastifyReply,
  verifier: PrincipalVerifier,
  securityEvents: SecurityEvents,
): Promise<Principal> {
  const token = request.headers[principalHeader];
  const principal = typeof token === 'string' ? await verifier.verify(token) : null;
  if (principal) return principal;
  securityEvents.note({
    ...{ type: 'platform.principal.refused', tenantId: null, actor: null },
    // Who comes by a socket of the file system has no address.
    ip: request.ip ?? null,
    ...callOf(request),
  });
  reply.header(principalRefusedHeader, 'true');
  throw errors.unauthenticated('This service takes calls from the gateway only.');
}

/** Calls that no tenant's credential may make. */
const outside = {
  internal: ['gateway', 'This call is internal.'],
  operator: ['operator', "This call is for the platform's operator alone."],
} as const;

/** Whether the principal may make this call: what no rule allows is refused. The gateway asks the same beforehand. */
export function authorize(operation: Operation, principal: Principal): void {
  const { access } = operation;
  if (access === 'public') return;
  if (access === 'internal' || access === 'operator') {
    const [type, message] = outside[access];
    allowIf(principal.type === type, message);
    return;
  }
  if (principal.type === 'gateway') throw errors.unauthenticated();
  if (principal.tenantId === null) throw errors.forbidden('This call needs a credential of a tenant.');
  if (access === 'authenticated') return;
  allowIf(principal.scopes.includes(access), `This call needs the scope ${access}.`, { scope: access });
}

function allowIf(allowed: boolean, message: string, details?: Record<string, unknown>): void {
  if (!allowed) throw errors.forbidden(message, details);
}

const noTenant = '00000000-0000-0000-0000-000000000000';

/** The caller as transactions, events and audit entries see it. */
export function toCaller(request: FastifyRequest, principal: Principal): Caller {
  const ip = request.headers[clientIpHeader];
  const type = principal.type === 'gateway' ? 'system' : principal.type;
  return {
    actor: { type, id: principal.id, name: principal.name },
    personId: principal.personId,
    // The nil tenant has no rows: a call without a tenant sees nothing. What an operator does is the platform's.
    tenantId: principal.tenantId ?? (type === 'operator' ? platformTenantId : noTenant),
    ...(principal.mode ? { mode: principal.mode } : {}),
    role: principal.role,
    scopes: principal.scopes,
    requestId: request.id,
    traceparent: request.traceparent,
    ip: typeof ip === 'string' ? ip : null,
  };
}
