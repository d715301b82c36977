import { endSession, listSessions } from '@stockade/contracts/identity';
import { runWork } from '@stockade/messaging';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { personOf } from '../auth/principals.ts';
import { announceRevocation } from '../auth/revocation.ts';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import * as queries from './queries.ts';

export const sessionRoutes = defineRoutes<IdentityDb>((route) => {
  route(listSessions, ({ principal, query, service, read }) => {
    const owner = {
      userId: personOf(principal),
      idleMinutes: (service.config as Config).SESSION_IDLE_MINUTES,
      currentId: principal.sessionId,
    };
    return read(async (trx) => page(await queries.listSessions(trx, owner, query), query));
  });
  route(endSession, async ({ principal, params: { sessionId }, caller, reply, service }) => {
    const userId = personOf(principal);
    await runWork(service.db, caller, async (work) => {
      if (!(await queries.endOwnSession(work.trx, sessionId, userId)))
        throw errors.notFound('Session', sessionId);
      await announceRevocation(work.trx, reply, { sessionId });
      work.audit({ action: 'identity.session.end', target: { type: 'session', id: sessionId } });
    });
    return undefined;
  });
});
