import {
  authenticateCredential,
  changePassword,
  getSession,
  login,
  logout,
} from '@stockade/contracts/identity';
import { retried } from '@stockade/database';
import { defineRoutes, errors } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import { findTenant } from '../tenants/queries.ts';
import { findUser, toUser } from '../users/queries.ts';
import * as commands from './commands.ts';
import { csrfTokenOf } from './keys.ts';

export const authRoutes = defineRoutes<IdentityDb>((route) => {
  route(login, ({ service, caller, body, request, reply }) =>
    commands.login(service, caller, body, request, reply),
  );
  route(logout, async (call) => {
    await call.command((work) => commands.logout(work, call.service, call.principal.sessionId, call.reply));
    return undefined;
  });
  route(getSession, async ({ principal, service, read }) => {
    const { user, tenant } = await read(async (trx) => ({
      user: principal.type === 'user' ? await findUser(trx, principal.id) : undefined,
      tenant: await findTenant(trx),
    }));
    return {
      user: user ? toUser(user) : null,
      tenant: tenant ?? null,
      role: principal.role,
      scopes: principal.scopes,
      csrfToken: principal.sessionId
        ? csrfTokenOf(service.secrets.current('SESSION_SECRET'), principal.sessionId)
        : null,
    };
  });
  route(changePassword, async ({ service, caller, principal, body, reply, read }) => {
    const user = principal.type === 'user' ? await read((trx) => findUser(trx, principal.id)) : undefined;
    if (!user) throw errors.forbidden('Passwords are changed by their users: sign in.');
    return commands.changePassword(service, caller, { user, ...body }, reply);
  });
  // A look-up, which all calls wait for.
  route(authenticateCredential, ({ service, body }) =>
    retried(() => commands.authenticate(service, body.credential)),
  );
});
