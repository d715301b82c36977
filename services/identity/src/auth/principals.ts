import { type Principal, roleScopes, type Scope } from '@stockade/contracts';
import { errors } from '@stockade/service-kit';
import type { FoundCredential } from './queries.ts';

/** The person who signed in, with everything that the role may do. */
export function userPrincipal({
  tenantId,
  userId,
  name,
  role,
  credentialId,
  mode,
}: FoundCredential): Principal {
  return {
    type: 'user',
    id: userId,
    name,
    tenantId,
    personId: userId,
    role,
    scopes: [...roleScopes[role]],
    sessionId: credentialId,
    mode,
  };
}

/** The user who signed in. What is the person's own is not for API keys: 403. */
export function personOf({ type, id }: Principal): string {
  if (type !== 'user') throw errors.forbidden('This is for people: sign in.');
  return id;
}

/** A key may do what it was made for, as long as the user who made it may do that: a demotion takes keys along. */
export function keyPrincipal({
  tenantId,
  credentialId,
  userId,
  name,
  role,
  scopes,
  mode,
}: FoundCredential & { scopes: Scope[] }): Principal {
  return {
    type: 'api_key',
    id: credentialId,
    name,
    tenantId,
    personId: userId,
    role: null,
    scopes: scopes.filter((scope) => roleScopes[role].includes(scope)),
    mode,
  };
}

/** The platform's operator: outside of every tenant. */
export const operatorPrincipal: Principal = {
  type: 'operator',
  id: 'operator',
  name: 'Platform operator',
  tenantId: null,
  personId: null,
  role: null,
  scopes: [],
};
