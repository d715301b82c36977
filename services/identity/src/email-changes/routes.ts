import { confirmEmailChange, requestEmailChange } from '@stockade/contracts/identity';
import { defineRoutes, errors } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import { findUser } from '../users/queries.ts';
import { confirmChange, requestChange } from './commands.ts';

export const emailChangeRoutes = defineRoutes<IdentityDb>((route) => {
  route(requestEmailChange, async ({ service, caller, principal, body, read }) => {
    const user = principal.type === 'user' ? await read((trx) => findUser(trx, principal.id)) : undefined;
    if (!user) throw errors.forbidden('E-mail addresses are changed by their users: sign in.');
    await requestChange(service, caller, { user, ...body });
    return { status: 'accepted' as const };
  });
  route(confirmEmailChange, async ({ service, caller, body, request, reply }) => {
    await confirmChange(service, caller, body.token, request, reply);
    return undefined;
  });
});
