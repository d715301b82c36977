import { type Authenticated, sessionCookie } from '@stockade/contracts/identity';
import { newId } from '@stockade/database';
import { type Caller, runWork, type Work } from '@stockade/messaging';
import { errors, type Service, ServiceError } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { toUser } from '../users/queries.ts';
import { csrfTokenOf, equalSecrets, hashOf, keyKind, newSessionToken } from './keys.ts';
import { passwordMatches } from './passwords.ts';
import { keyPrincipal, operatorPrincipal, userPrincipal } from './principals.ts';
import * as queries from './queries.ts';
import { announceRevocation } from './revocation.ts';

type IdentityService = Service<IdentityDb>;
const configOf = (service: IdentityService) => service.config as Config;

/** One answer for an unknown address, a wrong password, an invited and a disabled user: it tells nobody who exists. */
const refused = () => new ServiceError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');

export async function login(
  service: IdentityService,
  caller: Caller,
  { email, password }: { email: string; password: string },
  reply: FastifyReply,
) {
  const user = await queries.findForLogin(service.systemDb, email);
  const matches = await passwordMatches(password, user?.status === 'active' ? user.password_hash : null);
  if (!user || !matches) throw refused();
  const { SESSION_HOURS, SESSION_SECRET } = configOf(service);
  const token = newSessionToken();
  const id = newId();
  const actor = { type: 'user', id: user.id, name: user.name } as const;
  await runWork(
    service.db,
    { ...caller, actor, personId: user.id, tenantId: user.tenant_id },
    async (work) => {
      await queries.insertSession(work.trx, {
        tenantId: user.tenant_id,
        id,
        userId: user.id,
        tokenHash: hashOf(token),
        hours: SESSION_HOURS,
      });
      work.audit({ action: 'identity.session.create', target: { type: 'session', id } });
    },
  );
  setCookie(service, reply, token, SESSION_HOURS * 3_600);
  return { user: toUser(user), csrfToken: csrfTokenOf(SESSION_SECRET, id) };
}

function setCookie(
  service: IdentityService,
  reply: FastifyReply,
  token: string,
  maxAgeSeconds: number,
): void {
  const secure = configOf(service).NODE_ENV === 'production' ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`,
  );
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
  const { SESSION_SECRET, SESSION_IDLE_MINUTES } = configOf(service);
  const session = await queries.findSession(service.systemDb, hashOf(token), SESSION_IDLE_MINUTES);
  if (!session) return null;
  if (session.stale) await queries.touch(service.systemDb, 'sessions', session);
  return answer(session, userPrincipal(session), csrfTokenOf(SESSION_SECRET, session.credentialId));
}

async function findKey(service: IdentityService, key: string): Promise<Authenticated | null> {
  const kind = keyKind(key);
  if (kind === null) return null;
  if (kind === 'ops') {
    const expected = Buffer.from(configOf(service).OPERATOR_KEY_HASH, 'hex');
    if (!equalSecrets(hashOf(key), expected)) return null;
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
