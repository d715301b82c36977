import {
  createPasskey,
  deletePasskey,
  getPasskey,
  listPasskeys,
  passkeyRegistrationOptions,
  passkeySignInOptions,
  renamePasskey,
  signInWithPasskey,
} from '@stockade/contracts/identity';
import { runWork } from '@stockade/messaging';
import { defineRoutes, errors, page } from '@stockade/service-kit';
import { confirmedPerson } from '../auth/confirmed-person.ts';
import { personOf } from '../auth/principals.ts';
import type { IdentityDb } from '../tables.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import * as signIn from './sign-in.ts';

export const passkeyRoutes = defineRoutes<IdentityDb>((route) => {
  route(passkeyRegistrationOptions, async (call) => {
    const user = await confirmedPerson(call, call.body.currentPassword);
    return commands.beginRegistration(call.service, call.caller, user);
  });
  route(createPasskey, ({ principal, service, caller, body }) =>
    commands.createPasskey(service, caller, { userId: personOf(principal), ...body }),
  );
  route(listPasskeys, async ({ principal, query, read }) => {
    const userId = personOf(principal);
    const { data, nextCursor } = await read(async (trx) =>
      page(await queries.listPasskeys(trx, userId, query), query),
    );
    return { data: data.map(queries.toPasskey), nextCursor };
  });
  route(getPasskey, async ({ principal, params: { passkeyId }, read }) => {
    const userId = personOf(principal);
    const passkey = await read((trx) => queries.findPasskey(trx, passkeyId, userId));
    if (!passkey) throw errors.notFound('Passkey', passkeyId);
    return queries.toPasskey(passkey);
  });
  route(renamePasskey, ({ principal, params: { passkeyId: id }, ifMatch, body, service, caller }) => {
    const chosen = { id, userId: personOf(principal), ifMatch };
    return runWork(service.db, caller, (work) => commands.renamePasskey(work, chosen, body.name));
  });
  route(deletePasskey, async ({ principal, params: { passkeyId: id }, ifMatch, service, caller }) => {
    const chosen = { id, userId: personOf(principal), ifMatch };
    await runWork(service.db, caller, (work) => commands.deletePasskey(work, chosen));
    return undefined;
  });
  route(passkeySignInOptions, ({ service }) => signIn.beginSignIn(service));
  route(signInWithPasskey, ({ service, caller, body, reply }) =>
    signIn.signInWithPasskey(service, caller, body.credential, reply),
  );
});
