import type { Caller } from '@stockade/messaging';
import type { Service } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';

/**
 * Tells the account's tenant of a sign-in that was refused, or operators when there is no such account. The address that
 * was tried is not told: people type passwords into the wrong field.
 */
export function noteFailedSignIn(
  { securityEvents }: Pick<Service<IdentityDb>, 'securityEvents'>,
  { ip, requestId, traceparent }: Caller,
  account: { tenant_id: string; id: string } | undefined,
): void {
  securityEvents.note({
    type: 'identity.sign-in.failed',
    tenantId: account?.tenant_id ?? null,
    actor: null,
    ...{ ip, requestId, traceparent, route: 'POST /v1/auth/login' },
    ...(account ? { target: { type: 'user', id: account.id } } : {}),
  });
}
