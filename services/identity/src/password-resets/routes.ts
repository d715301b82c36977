import { confirmPasswordReset, requestPasswordReset } from '@stockade/contracts/identity';
import { defineRoutes } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import { confirmReset, requestReset } from './commands.ts';

export const passwordResetRoutes = defineRoutes<IdentityDb>((route) => {
  route(requestPasswordReset, async ({ service, caller, body }) => {
    await requestReset(service, caller, body.email);
    return { status: 'accepted' as const };
  });
  route(confirmPasswordReset, async ({ service, caller, body, request, reply }) => {
    await confirmReset(service, caller, body, request, reply);
    return undefined;
  });
});
