import { acceptInvitation, getInvitation, sendInvitation } from '@stockade/contracts/identity';
import { defineRoutes, errors } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import { findInvitation } from './queries.ts';

export const invitationRoutes = defineRoutes<IdentityDb>((route) => {
  route(getInvitation, async ({ params, read }) => {
    const invitation = await read((trx) => findInvitation(trx, params.userId));
    if (!invitation) throw errors.notFound('Invitation');
    return invitation;
  });
  route(sendInvitation, ({ params, command }) => command((work) => commands.sendAgain(work, params.userId)));
  route(acceptInvitation, async ({ service, caller, body, request, reply }) => {
    await commands.acceptInvitation(service, caller, body, request, reply);
    return undefined;
  });
});
