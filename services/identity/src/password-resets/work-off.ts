import { runWork, systemCaller } from '@stockade/messaging';
import type { CleanUp, Service, Task } from '@stockade/service-kit';
import { issueLink, secondsToWait } from '../account-tokens/links.ts';
import { hasToken } from '../account-tokens/queries.ts';
import { findForLogin } from '../auth/queries.ts';
import type { IdentityDb } from '../tables.ts';
import { lockUser } from '../users/queries.ts';
import { deleteOldRequests, deleteRequest, listRequests, type ResetRequest } from './queries.ts';

type IdentityService = Service<IdentityDb>;

const batch = 50;

/**
 * Mails a link when the address is an active user's. The request's id becomes the link's, so that a request which is
 * worked off twice (a process died, two replicas took it) sends one mail.
 */
async function workOff({ db, systemDb }: IdentityService, request: ResetRequest): Promise<void> {
  const found = await findForLogin(systemDb, request.email);
  if (found?.status === 'active') {
    const caller = {
      ...systemCaller(found.tenant_id, 'identity'),
      ip: request.ip,
      requestId: request.request_id,
      traceparent: request.traceparent,
    };
    await runWork(db, caller, async (work) => {
      const user = await lockUser(work.trx, found.id);
      if (user?.status !== 'active' || (await hasToken(work.trx, request.id))) return;
      // Without a word: who asked is not known to be who has the account.
      if ((await secondsToWait(work, user.id, 'password-reset')) !== null) return;
      await issueLink(work, {
        id: request.id,
        userId: user.id,
        purpose: 'password-reset',
        email: user.email,
      });
      work.audit({
        action: 'identity.user.request-password-reset',
        target: { type: 'user', id: user.id },
      });
    });
  }
  await deleteRequest(systemDb, request.id);
}

/** Apart from the request, whose time must not tell whether somebody has the address. */
export const passwordResetRequests: Task<IdentityDb> = {
  name: 'password-reset-requests',
  everyMs: 500,
  async run(service, signal) {
    for (const request of await listRequests(service.systemDb, batch)) {
      if (signal.aborted) return;
      await workOff(service, request).catch((error) =>
        service.log.error(
          { err: error, resetRequestId: request.id },
          'A request for a new password failed; it is tried again',
        ),
      );
    }
  },
};

export const oldResetRequests: CleanUp<IdentityDb> = {
  name: 'old-password-reset-requests',
  everyMs: 60_000,
  run: ({ systemDb }) => deleteOldRequests(systemDb),
};
