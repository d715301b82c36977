import { acceptInvitation, confirmEmailChange, confirmPasswordReset } from '@stockade/contracts/identity';
import { newId } from '@stockade/database';
import type { Caller, Work } from '@stockade/messaging';
import { type Service, ServiceError } from '@stockade/service-kit';
import { insertMail } from '../account-mails/queue.ts';
import { noteRefusal } from '../auth/refusals.ts';
import type { IdentityDb, TokenPurpose, UserTable } from '../tables.ts';
import { lockUser, type UserRow } from '../users/queries.ts';
import * as queries from './queries.ts';
import { readToken } from './token.ts';

const day = 24 * 60;
const lifetimeMinutes: Record<TokenPurpose, number> = {
  'password-reset': 30,
  invitation: 7 * day,
  'email-change': day,
};

/** In what state a user is for whom such a link is good. */
const statusFor: Record<TokenPurpose, UserTable['status']> = {
  'password-reset': 'active',
  invitation: 'invited',
  'email-change': 'active',
};

interface NewLink {
  id?: string;
  userId: string;
  purpose: TokenPurpose;
  /** Where it is mailed to. */
  email: string;
}

/** A link that is mailed; those of the same purpose that were mailed before are dead. Call it with the user locked. */
export async function issueLink(
  work: Work<IdentityDb>,
  { id = newId(), userId, purpose, email }: NewLink,
): Promise<queries.AccountTokenRow> {
  await queries.endTokens(work.trx, userId, purpose);
  const ids = { tenant_id: work.tenantId, user_id: userId };
  const token = await queries.insertToken(work.trx, { ...ids, id, purpose, email }, lifetimeMinutes[purpose]);
  await insertMail(work.trx, {
    ...ids,
    id: newId(),
    token_id: id,
    kind: purpose,
    recipient: email,
    give_up_at: token.expires_at,
  });
  return token;
}

const mailsAnHour = 3;

/** Seconds until the user may be sent another such link; null when that is now. Nobody fills a mailbox through us. */
export async function secondsToWait(
  { trx }: Work<IdentityDb>,
  userId: string,
  purpose: TokenPurpose,
): Promise<number | null> {
  const { count, seconds } = await queries.countRecent(trx, userId, purpose);
  return count < mailsAnHour ? null : Math.max(1, seconds);
}

/** As secondsToWait, for who may be told: a 429. */
export async function checkMayMail(
  work: Work<IdentityDb>,
  userId: string,
  purpose: TokenPurpose,
): Promise<void> {
  const seconds = await secondsToWait(work, userId, purpose);
  if (seconds === null) return;
  const message = `At most ${mailsAnHour} such mails an hour: try again in ${seconds} s.`;
  throw new ServiceError('RATE_LIMITED', message, undefined, seconds);
}

const operations: Record<TokenPurpose, { method: string; path: string }> = {
  'password-reset': confirmPasswordReset,
  invitation: acceptInvitation,
  'email-change': confirmEmailChange,
};

/** Tells of it, and gives one answer for a forged, a used, a replaced and an expired link. */
function dead(
  service: Service<IdentityDb>,
  caller: Caller,
  purpose: TokenPurpose,
  link: queries.LiveToken | undefined,
): ServiceError {
  const account = link && { tenant_id: link.tenant_id, id: link.user_id };
  noteRefusal(service, caller, { operation: operations[purpose], account, type: 'identity.link.refused' });
  return new ServiceError(
    'INVALID_CREDENTIALS',
    'This link is not valid, or not any more: ask for a new one.',
  );
}

/** What a link's token stands for. 401 for a dead one. */
export async function openLink(
  service: Service<IdentityDb>,
  caller: Caller,
  purpose: TokenPurpose,
  token: string,
): Promise<queries.LiveToken> {
  const { id, isGenuine } = readToken(service.secrets.accepted('SESSION_SECRET'), purpose, token);
  // Looked up in any case: a forged link is not refused sooner than one that was used.
  const link = await queries.findLiveToken(service.systemDb, { id, purpose, status: statusFor[purpose] });
  if (!isGenuine || !link) throw dead(service, caller, purpose, link);
  return link;
}

/** Who has the link acts as the user whom it was mailed to. */
export const callerOf = (caller: Caller, link: queries.LiveToken): Caller => ({
  ...caller,
  actor: { type: 'user', id: link.user_id, name: link.userName },
  personId: link.user_id,
  tenantId: link.tenant_id,
});

/** Uses a link up, once whoever comes at the same time, and with it all others of the user, who stays locked. */
export async function spendLink(
  service: Service<IdentityDb>,
  work: Work<IdentityDb>,
  link: queries.LiveToken,
): Promise<UserRow> {
  const user = await lockUser(work.trx, link.user_id);
  if (user?.status !== statusFor[link.purpose] || !(await queries.endToken(work.trx, link.id)))
    throw dead(service, work.caller, link.purpose, link);
  await queries.endTokens(work.trx, user.id);
  return user;
}
