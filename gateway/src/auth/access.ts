import type { Operation, Principal } from '@stockade/contracts';
import { errors } from '@stockade/service-kit/errors';

/**
 * Whether a known caller may make this call. The service decides the same by itself; here a refused call costs it
 * nothing. What no rule allows is refused.
 */
export function checkAccess({ access }: Operation, principal: Principal): void {
  if (access === 'public') return;
  if (access === 'operator') {
    if (principal.type !== 'operator')
      throw errors.forbidden("This call is for the platform's operator alone.");
    return;
  }
  if (principal.tenantId === null) throw errors.forbidden('This call needs a credential of a tenant.');
  if (access === 'authenticated') return;
  if (access === 'internal' || !principal.scopes.includes(access)) {
    throw errors.forbidden(`This call needs the scope ${access}.`, { scope: access });
  }
}
