import {
  type Authenticated,
  login as loginOperation,
  type SignInMethod,
  sessionCookie,
} from '@stockade/contracts/identity';
import { newId } from '@stockade/database';
import { type Caller, runWork, type Work } from '@stockade/messaging';
import { errors, type Service, ServiceError } from '@stockade/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endTokens } from '../account-tokens/queries.ts';
import type { Config } from '../config.ts';
import { mfaRequired, openChallenge } from '../mfa/challenges.ts';
import type { IdentityDb } from '../tables.ts';
import { lockUser, replaceHash, toUser, type UserRow, updateUser } from '../users/queries.ts';
import { checkPassword } from '../users/rules.ts';
import { isBcrypt } from './bcrypt.ts';
import { setCookie as setHttpOnlyCookie } from './cookies.ts';
import { rememberDevice } from './devices.ts';
import { admitAttempt } from './guessing.ts';
import { csrfTokenOf, equalSecrets, hashOf, keyKind, newSessionToken } from './keys.ts';
import { hashPassword, passwordMatches, strangerMatches } from './passwords.ts';
import { keyPrincipal, operatorPrincipal, userPrincipal } from './principals.ts';
import * as queries from './queries.ts';
import { noteRefusal } from './refusals.ts';
import { announceRevocation } from './revocation.ts';

type IdentityService = Service<IdentityDb>;
const configOf = (service: IdentityService) => service.config as Config;

/** One answer for an unknown address, a wrong password, an invited and a disabled user: it tells nobody who exists. */
const refused = () => new ServiceError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');

export async function login(
  service: IdentityService,
  caller: Caller,
  { email, password }: { email: string; password: string },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  let user = await queries.findForLogin(service.systemDb, email);
  const forgetFailures = await admitAttempt(service, request, email, user);
  let opened = await openFor(service, caller, { user, password }, reply);
  if (opened === 'changed') {
    user = await queries.findForLogin(service.systemDb, email);
    opened = await openFor(service, caller, { user, password }, reply);
  }
  if (!user || typeof opened === 'string') {
    noteRefusal(service, caller, { operation: loginOperation, account: user });
    throw refused();
  }
  await forgetFailures();
  if ('mfaToken' in opened) throw mfaRequired(opened);
  const csrfToken = handSession(service, reply, opened);
  rememberDevice(service, request, reply, email);
  return { user: toUser(user), csrfToken };
}

/** A session or a challenge when the password is right; 'changed' when the user did while it was looked at. */
async function openFor(
  service: IdentityService,
  caller: Caller,
  { user, password }: { user: UserRow | undefined; password: string },
  reply: FastifyReply,
) {
  const stored = user?.status === 'active' ? user.password_hash : null;
  const matches = await strangerMatches(password, stored, () => queries.costliestBcrypt(service.systemDb));
  if (!user || !stored || !matches) return 'refused' as const;
  const better = isBcrypt(stored) ? await hashPassword(password) : null;
  const actor = { type: 'user', id: user.id, name: user.name } as const;
  return runWork(
    service.db,
    { ...caller, actor, personId: user.id, tenantId: user.tenant_id },
    async (work) => {
      // A new password ends the sessions that it finds: none may be opened behind it with the old one.
      const locked = await lockUser(work.trx, user.id);
      if (!locked || !signsInAs(locked, user)) return 'changed' as const;
      if (better) await replaceHash(work.trx, user.id, better);
      return (
        (await openChallenge(work, user.id)) ??
        (await insertNewSession(work, service, user.id, { method: 'password', reply }))
      );
    },
  );
}

const signsInAs = (one: UserRow, other: UserRow) =>
  one.status === other.status && one.email === other.email && one.password_hash === other.password_hash;

interface NewSession {
  id: string;
  token: string;
}

interface SignIn {
  method: SignInMethod;
  /** Whose request it was. */
  reply: FastifyReply;
}

const longestUserAgent = 300;

/** Only for who has shown all that is asked of them: the second factor, too (`openChallenge`). */
export async function insertNewSession(
  work: Work<IdentityDb>,
  service: IdentityService,
  userId: string,
  { method, reply }: SignIn,
): Promise<NewSession> {
  const session = { id: newId(), token: newSessionToken() };
  await queries.insertSession(work.trx, {
    tenantId: work.tenantId,
    id: session.id,
    userId,
    tokenHash: hashOf(session.token),
    hours: configOf(service).SESSION_HOURS,
    method,
    userAgent: reply.request.headers['user-agent']?.slice(0, longestUserAgent) ?? null,
    address: work.caller.ip,
  });
  work.audit({
    action: 'identity.session.create',
    target: { type: 'session', id: session.id },
    changes: { method: { before: null, after: method } },
  });
  return session;
}

/** Gives a session to the browser: its cookie, and the CSRF token for the answer. */
export function handSession(
  service: IdentityService,
  reply: FastifyReply,
  { id, token }: NewSession,
): string {
  const { SESSION_HOURS } = configOf(service);
  setCookie(service, reply, token, SESSION_HOURS * 3_600);
  return csrfTokenOf(service.secrets.current('SESSION_SECRET'), id);
}

interface PasswordChange {
  user: UserRow;
  currentPassword: string;
  newPassword: string;
}

/**
 * A person's own new password. All sessions end with the old one, and a new one is opened in the same transaction: whoever
 * had stolen one is out. Not for Idempotency-Keys: what they keep would hold the new session's secret, and a repeated call
 * is refused by the password that was current.
 */
export async function changePassword(
  service: IdentityService,
  caller: Caller,
  { user, currentPassword, newPassword }: PasswordChange,
  reply: FastifyReply,
) {
  if (!(await passwordMatches(currentPassword, user.password_hash)))
    throw errors.forbidden('The current password is wrong.');
  if (newPassword === currentPassword)
    throw errors.validation([{ path: '/newPassword', message: 'is the current one' }]);
  checkPassword(newPassword, user.email, '/newPassword');
  const passwordHash = await hashPassword(newPassword);
  const { session, changed } = await runWork(service.db, caller, async (work) => {
    const before = await lockUser(work.trx, user.id);
    // Somebody else changed it meanwhile: what was checked is not the current one any more.
    if (before?.status !== 'active' || before.password_hash !== user.password_hash)
      throw errors.conflict('The password was changed just now: sign in again.');
    const changed = await updateUser(work.trx, user.id, { password_hash: passwordHash });
    await queries.endSessions(work.trx, { userId: user.id });
    await endTokens(work.trx, user.id);
    await announceRevocation(work.trx, reply, { userId: user.id });
    work.audit({
      action: 'identity.user.change-password',
      target: { type: 'user', id: user.id },
      changes: { password: { before: null, after: 'changed' } },
    });
    return {
      changed,
      session: await insertNewSession(work, service, user.id, { method: 'password', reply }),
    };
  });
  return { user: toUser(changed), csrfToken: handSession(service, reply, session) };
}

function setCookie(
  service: IdentityService,
  reply: FastifyReply,
  token: string,
  maxAgeSeconds: number,
): void {
  setHttpOnlyCookie(configOf(service), reply, { name: sessionCookie, value: token, maxAgeSeconds });
}

export async function logout(
  work: Work<IdentityDb>,
  service: IdentityService,
  sessionId: string | undefined,
  reply: FastifyReply,
): Promise<void> {
  if (!sessionId)
    throw errors.validation([
      { path: '/', message: 'there is no session: API keys are revoked, not signed out' },
    ]);
  await queries.endSessions(work.trx, { id: sessionId });
  work.audit({ action: 'identity.session.end', target: { type: 'session', id: sessionId } });
  await announceRevocation(work.trx, reply, { sessionId });
  setCookie(service, reply, '', 0);
}

interface Credential {
  kind: 'api_key' | 'session';
  value: string;
}

/** Whose credential it is. 401 for nobody's, dead ones, and those of users and tenants that are not active. */
export async function authenticate(
  service: IdentityService,
  { kind, value }: Credential,
): Promise<Authenticated> {
  const found = kind === 'session' ? await findSession(service, value) : await findKey(service, value);
  if (!found) throw errors.unauthenticated('This credential is not valid, or not any more.');
  return found;
}

async function findSession(service: IdentityService, token: string): Promise<Authenticated | null> {
  const { SESSION_IDLE_MINUTES } = configOf(service);
  const session = await queries.findSession(service.systemDb, hashOf(token), SESSION_IDLE_MINUTES);
  if (!session) return null;
  if (session.stale) await queries.touch(service.systemDb, 'sessions', session);
  const tokenOf = (secret: string) => csrfTokenOf(secret, session.credentialId);
  return {
    ...answer(session, userPrincipal(session), tokenOf(service.secrets.current('SESSION_SECRET'))),
    csrfTokens: service.secrets.accepted('SESSION_SECRET').map(tokenOf),
  };
}

async function findKey(service: IdentityService, key: string): Promise<Authenticated | null> {
  const kind = keyKind(key);
  if (kind === null) return null;
  if (kind === 'ops') {
    const expected = service.secrets.accepted('OPERATOR_KEY_HASH').map((hash) => Buffer.from(hash, 'hex'));
    if (!expected.some((hash) => equalSecrets(hashOf(key), hash))) return null;
    return {
      principal: operatorPrincipal,
      credentialId: 'operator',
      csrfToken: null,
      planFactor: 1,
      expiresAt: null,
    };
  }
  const found = await queries.findApiKey(service.systemDb, hashOf(key));
  if (!found) return null;
  if (found.stale) await queries.touch(service.systemDb, 'api_keys', found);
  return answer(found, keyPrincipal(found), null);
}

function answer(
  found: queries.FoundCredential,
  principal: Authenticated['principal'],
  csrfToken: string | null,
): Authenticated {
  const { credentialId, planFactor, expiresAt } = found;
  return { principal, credentialId, csrfToken, planFactor, expiresAt: expiresAt?.toISOString() ?? null };
}
