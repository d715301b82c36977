import {
  confirmTotp,
  createTotp,
  deleteTotp,
  getMfa,
  loginMfa,
  renewRecoveryCodes,
  resetUserMfa,
} from '@stockade/contracts/identity';
import { defineRoutes } from '@stockade/service-kit';
import { confirmedPerson } from '../auth/confirmed-person.ts';
import { personOf } from '../auth/principals.ts';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import { findMfa } from './queries.ts';
import * as signIn from './sign-in.ts';

/** None of it takes Idempotency-Keys: what they keep would hold secrets that are shown once. */
export const mfaRoutes = defineRoutes<IdentityDb>((route) => {
  route(loginMfa, ({ service, caller, body, reply }) => signIn.loginMfa(service, caller, body, reply));
  route(getMfa, ({ principal, read }) => {
    const userId = personOf(principal);
    return read((trx) => findMfa(trx, userId));
  });
  route(createTotp, async (call) => {
    const user = await confirmedPerson(call, call.body.currentPassword);
    return commands.createTotp(call.service, call.caller, user);
  });
  route(confirmTotp, ({ service, caller, principal, body }) =>
    commands.confirmTotp(service, caller, personOf(principal), body.code),
  );
  route(deleteTotp, async (call) => {
    const { currentPassword, ...factor } = call.body;
    const user = await confirmedPerson(call, currentPassword);
    await commands.deleteTotp(call.service, call.caller, user.id, factor);
    return undefined;
  });
  route(renewRecoveryCodes, async (call) => {
    const { currentPassword, ...factor } = call.body;
    const user = await confirmedPerson(call, currentPassword);
    return commands.renewRecoveryCodes(call.service, call.caller, user.id, factor);
  });
  route(resetUserMfa, async ({ params, reply, command }) => {
    await command((work) => commands.resetUserMfa(work, params.userId, reply));
    return undefined;
  });
});
