import { newId } from '@stockade/database';
import { type Caller, runWork } from '@stockade/messaging';
import { errors, type Service } from '@stockade/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, openLink, spendLink } from '../account-tokens/links.ts';
import { rememberDevice } from '../auth/devices.ts';
import { hashPassword } from '../auth/passwords.ts';
import { endSessions } from '../auth/queries.ts';
import { announceRevocation } from '../auth/revocation.ts';
import type { IdentityDb } from '../tables.ts';
import { updateUser } from '../users/queries.ts';
import { checkPassword } from '../users/rules.ts';
import { insertRequest } from './queries.ts';

const mostWaiting = 10_000;

/** Takes the request and looks nothing up: answer and time are the same for everybody's address and nobody's. */
export async function requestReset(
  { systemDb }: Service<IdentityDb>,
  { ip, requestId, traceparent }: Caller,
  email: string,
): Promise<void> {
  const request = {
    id: newId(),
    email: email.toLowerCase(),
    ip,
    request_id: requestId,
    traceparent,
  };
  if (!(await insertRequest(systemDb, request, mostWaiting)))
    throw errors.unavailable('Too many ask for new passwords at once: try again shortly.', 10);
}

interface Confirmation {
  token: string;
  password: string;
}

/** The new password ends every session and every other link: whoever had got in is out. */
export async function confirmReset(
  service: Service<IdentityDb>,
  caller: Caller,
  { token, password }: Confirmation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const link = await openLink(service, caller, 'password-reset', token);
  checkPassword(password, link.userEmail);
  const passwordHash = await hashPassword(password);
  await runWork(service.db, callerOf(caller, link), async (work) => {
    const user = await spendLink(service, work, link);
    await updateUser(work.trx, user.id, { password_hash: passwordHash });
    await endSessions(work.trx, { userId: user.id });
    await announceRevocation(work.trx, reply, { userId: user.id });
    work.audit({
      action: 'identity.user.reset-password',
      target: { type: 'user', id: user.id },
      changes: { password: { before: null, after: 'changed' } },
    });
  });
  // Whoever reads the user's mail is the user: guessing from elsewhere is not to keep them out now.
  rememberDevice(service, request, reply, link.userEmail);
}
