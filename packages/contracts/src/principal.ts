import { type Static, Type } from 'typebox';
import { Role, Scope } from './access.ts';
import { Id, Nullable, OneOf } from './scalars.ts';

/** `test`: an integrator's sandbox, from which nothing is sent to the outside. */
export const tenantModes = ['live', 'test'] as const;
export type TenantMode = (typeof tenantModes)[number];

/**
 * Who calls, as the gateway vouches for it in a signed token.
 * `personId` is the human behind the call: the user itself, or the user who made the API key. Rules that ask for a
 * second person compare it, so that nobody approves their own work through a key of their own.
 */
export const Principal = Type.Object({
  type: OneOf(['user', 'api_key', 'operator', 'gateway', 'system'] as const),
  id: Type.String({ minLength: 1, maxLength: 64 }),
  name: Type.String({ maxLength: 200 }),
  tenantId: Nullable(Id),
  personId: Nullable(Id),
  role: Nullable(Role),
  scopes: Type.Array(Scope),
  sessionId: Type.Optional(Id),
  /** Of the tenant. Tokens made before there were test tenants lack it: they are of live ones. */
  mode: Type.Optional(OneOf(tenantModes)),
});
export type Principal = Static<typeof Principal>;

/** Whether somebody with a credential stands behind a call: the gateway vouches for others in its own name. */
export const isKnownCaller = (
  principal: Principal | null,
): principal is Principal & { type: Exclude<Principal['type'], 'gateway'> } =>
  principal !== null && principal.type !== 'gateway';

export const services = ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit'] as const;
export type ServiceName = (typeof services)[number];

/** The header that carries the signed principal from the gateway to a service. */
export const principalHeader = 'x-stockade-principal';
/** On a service's 401 that is about the gateway's token, and not about the caller's credential. */
export const principalRefusedHeader = 'x-stockade-principal-refused';
/** The caller's address as the gateway saw it; believed only beside a valid principal. */
export const clientIpHeader = 'x-stockade-client-ip';

/** On a service's answers once it is about to end: it should be called no more. */
export const endingHeader = 'x-stockade-ending';

/** Where a service answers as soon as it is about to end. */
export const endingPath = '/health/ending';
