import { newId } from '@stockade/database';
import { type Caller, changed, runWork } from '@stockade/messaging';
import { errors, mapConstraint, type Service } from '@stockade/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { insertMail } from '../account-mails/queue.ts';
import { callerOf, checkMayMail, issueLink, openLink, spendLink } from '../account-tokens/links.ts';
import { rememberDevice } from '../auth/devices.ts';
import { passwordMatches } from '../auth/passwords.ts';
import { endSessions } from '../auth/queries.ts';
import { announceRevocation } from '../auth/revocation.ts';
import type { IdentityDb } from '../tables.ts';
import { emitUser } from '../users/commands.ts';
import { lockUser, type UserRow, updateUser } from '../users/queries.ts';

interface Change {
  user: UserRow;
  email: string;
  currentPassword: string;
}

/**
 * Mails a link to the new address and a notice to the old one. Whether somebody has the new address is not looked up:
 * only who reads its mail learns that, by using the link.
 */
export async function requestChange(
  service: Service<IdentityDb>,
  caller: Caller,
  { user, email: given, currentPassword }: Change,
): Promise<void> {
  const email = given.toLowerCase();
  if (!(await passwordMatches(currentPassword, user.password_hash)))
    throw errors.forbidden('The current password is wrong.');
  if (email === user.email) throw errors.validation([{ path: '/email', message: 'is the current one' }]);
  await runWork(service.db, caller, async (work) => {
    const locked = await lockUser(work.trx, user.id);
    if (locked?.status !== 'active' || locked.password_hash !== user.password_hash)
      throw errors.conflict('The password was changed just now: sign in again.');
    await checkMayMail(work, user.id, 'email-change');
    const token = await issueLink(work, { userId: user.id, purpose: 'email-change', email });
    await insertMail(work.trx, {
      tenant_id: work.tenantId,
      id: newId(),
      user_id: user.id,
      token_id: token.id,
      kind: 'email-change-notice',
      recipient: locked.email,
      give_up_at: token.expires_at,
    });
    work.audit({
      action: 'identity.user.request-email-change',
      target: { type: 'user', id: user.id },
      changes: { email: { before: locked.email, after: email } },
    });
  });
}

/** The change itself: it ends every session, and links that went to the old address are dead. */
export async function confirmChange(
  service: Service<IdentityDb>,
  caller: Caller,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const link = await openLink(service, caller, 'email-change', token);
  await runWork(service.db, callerOf(caller, link), async (work) => {
    const before = await spendLink(service, work, link);
    const after = await updateUser(work.trx, before.id, { email: link.email }).catch((error) =>
      mapConstraint(error, {
        users_email_key: () => errors.conflict('This e-mail address is in use already.', { field: 'email' }),
      }),
    );
    await endSessions(work.trx, { userId: after.id });
    await announceRevocation(work.trx, reply, { userId: after.id });
    emitUser(work, after);
    work.audit({
      action: 'identity.user.change-email',
      target: { type: 'user', id: after.id },
      changes: changed(before, after, ['email']),
    });
  });
  rememberDevice(service, request, reply, link.email);
}
