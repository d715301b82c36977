import { type AuthenticationResponse, signInWithPasskey as operation } from '@stockade/contracts/identity';
import { type Caller, runWork, type Work } from '@stockade/messaging';
import { errors, type Service, ServiceError } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import type { Kysely } from 'kysely';
import { handSession, insertNewSession } from '../auth/commands.ts';
import { rememberDevice } from '../auth/devices.ts';
import { noteRefusal } from '../auth/refusals.ts';
import type { IdentityDb } from '../tables.ts';
import { lockUser, toUser } from '../users/queries.ts';
import { insertSignIn, takeSignIn } from './challenge-queries.ts';
import { lockCounter, noteUse } from './queries.ts';
import { checkAuthentication, requestOptions } from './webauthn.ts';

type IdentityService = Service<IdentityDb>;

export async function beginSignIn(service: IdentityService) {
  const options = await requestOptions(service);
  if (!(await insertSignIn(service.systemDb, options.challenge)))
    throw errors.unavailable('Too many sign-ins are under way: try again shortly.', 30);
  return options;
}

/** Across tenants, by the system role: whose passkey it is, while user and tenant are active. */
const findByCredential = (systemDb: Kysely<IdentityDb>, credentialId: string) =>
  systemDb
    .selectFrom('passkeys as p')
    .innerJoin('users as u', (join) =>
      join.onRef('u.tenant_id', '=', 'p.tenant_id').onRef('u.id', '=', 'p.user_id'),
    )
    .innerJoin('tenants as t', 't.tenant_id', 'p.tenant_id')
    .select([
      'p.tenant_id as tenantId',
      'p.id',
      'p.credential_id as credentialId',
      'p.public_key as publicKey',
      'u.id as userId',
      'u.name',
    ])
    .where('p.credential_id', '=', credentialId)
    .where('u.status', '=', 'active')
    .where('t.status', '=', 'active')
    .executeTakeFirst();

/** Tells of it, and gives one answer for all that can be wrong. */
function refused(
  service: IdentityService,
  caller: Caller,
  passkey: { tenantId: string; userId: string } | undefined,
): ServiceError {
  const account = passkey && { tenant_id: passkey.tenantId, id: passkey.userId };
  noteRefusal(service, caller, { operation, account });
  return new ServiceError('INVALID_CREDENTIALS', 'This passkey was not accepted.');
}

/** Signs in with a passkey. The authenticator has verified its user, so no other factor is asked for. */
export async function signInWithPasskey(
  service: IdentityService,
  caller: Caller,
  credential: AuthenticationResponse,
  reply: FastifyReply,
) {
  const passkey = await findByCredential(service.systemDb, credential.id);
  if (!passkey) throw refused(service, caller, passkey);
  const use = await checkAuthentication(service, credential, passkey, (challenge) =>
    takeSignIn(service.systemDb, challenge),
  );
  if ('refused' in use) {
    service.log.info({ reason: use.refused, passkey: passkey.id }, 'A passkey was not accepted');
    throw refused(service, caller, passkey);
  }
  const { tenantId, userId, name } = passkey;
  const actor = { type: 'user', id: userId, name } as const;
  const opened = await runWork(service.db, { ...caller, actor, personId: userId, tenantId }, async (work) => {
    // Locked: disabling ends the sessions that it finds, so none may be opened behind it.
    const user = await lockUser(work.trx, userId);
    if (user?.status !== 'active' || !(await moveCounter(work, passkey.id, use))) return null;
    return { user, session: await insertNewSession(work, service, userId, { method: 'passkey', reply }) };
  });
  if (!opened) throw refused(service, caller, passkey);
  const csrfToken = handSession(service, reply, opened.session);
  rememberDevice(service, reply.request, reply, opened.user.email);
  return { user: toUser(opened.user), csrfToken };
}

/**
 * A counter that does not grow is a copy's (WebAuthn Level 3, 6.1.1): refused, and told to the audit. Authenticators
 * whose passkeys are synchronised count nothing and say 0 every time.
 */
async function moveCounter(
  work: Work<IdentityDb>,
  id: string,
  use: { counter: number; backedUp: boolean },
): Promise<boolean> {
  const before = await lockCounter(work.trx, id);
  if (before === undefined) return false;
  if (use.counter > before || (use.counter === 0 && before === 0)) {
    await noteUse(work.trx, id, use);
    return true;
  }
  work.audit({
    action: 'identity.passkey.refuse',
    target: { type: 'passkey', id },
    changes: { counter: { before, after: use.counter } },
  });
  return false;
}
