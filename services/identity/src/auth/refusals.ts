import type { SampledEventType } from '@stockade/contracts';
import type { Caller } from '@stockade/messaging';
import type { Service } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';

interface Refusal {
  /** As the operation names it, never the URL. */
  operation: { method: string; path: string };
  /** Whose it would have been, where that is known. */
  account: { tenant_id: string; id: string } | undefined;
  type?: SampledEventType;
}

/**
 * Tells the account's tenant of a sign-in or a link that was refused, or operators when there is no such account. The
 * address that was tried is not told: people type passwords into the wrong field.
 */
export function noteRefusal(
  { securityEvents }: Pick<Service<IdentityDb>, 'securityEvents'>,
  { ip, requestId, traceparent }: Caller,
  { operation: { method, path }, account, type = 'identity.sign-in.failed' }: Refusal,
): void {
  securityEvents.note({
    type,
    tenantId: account?.tenant_id ?? null,
    actor: null,
    ...{ ip, requestId, traceparent, route: `${method} ${path}` },
    ...(account ? { target: { type: 'user', id: account.id } } : {}),
  });
}
