import { loginMfa as operation } from '@stockade/contracts/identity';
import { type Caller, runWork } from '@stockade/messaging';
import { errors, type Service, ServiceError } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import { handSession, insertNewSession } from '../auth/commands.ts';
import { rememberDevice } from '../auth/devices.ts';
import { hashOf } from '../auth/keys.ts';
import { noteRefusal } from '../auth/refusals.ts';
import type { IdentityDb } from '../tables.ts';
import { findUser, toUser } from '../users/queries.ts';
import * as challenges from './challenge-queries.ts';
import { lockTotp } from './queries.ts';
import { checkSecondFactor, type SecondFactor } from './second-factor.ts';

/** Tells of it. A wrong code has an audit entry of its own. */
function over(
  service: Service<IdentityDb>,
  caller: Caller,
  challenge: { tenantId: string; userId: string } | undefined,
): ServiceError {
  const account = challenge && { tenant_id: challenge.tenantId, id: challenge.userId };
  noteRefusal(service, caller, { operation, account });
  return errors.unauthenticated('This sign-in was finished, or took too long: sign in again.');
}

const wrongCode = (attemptsLeft: number) =>
  new ServiceError('INVALID_CREDENTIALS', 'The code is wrong, or was used already.', { attemptsLeft });

/** The second half of a sign-in. A wrong code costs an attempt of the challenge, and counts for the user. */
export async function loginMfa(
  service: Service<IdentityDb>,
  caller: Caller,
  { mfaToken, ...factor }: SecondFactor & { mfaToken: string },
  reply: FastifyReply,
) {
  const challenge = await challenges.findChallenge(service.systemDb, hashOf(mfaToken));
  if (!challenge) throw over(service, caller, challenge);
  const { id, tenantId, userId, name } = challenge;
  const actor = { type: 'user', id: userId, name } as const;
  const outcome = await runWork(
    service.db,
    { ...caller, actor, personId: userId, tenantId },
    async (work) => {
      const open = await challenges.lockChallenge(work.trx, id);
      const totp = open && (await lockTotp(work.trx, userId));
      const user = totp?.confirmed_at && (await findUser(work.trx, userId));
      if (!open || !user) throw over(service, caller, challenge);
      const method = await checkSecondFactor(work, service, totp, factor);
      if (method === 'wrong') {
        await challenges.noteAttempt(work.trx, id);
        return { attemptsLeft: challenges.maxAttempts - open.attempts - 1 };
      }
      await challenges.deleteChallenge(work.trx, id);
      return { user, session: await insertNewSession(work, service, userId, { method, reply }) };
    },
  );
  if ('attemptsLeft' in outcome) throw wrongCode(outcome.attemptsLeft);
  const csrfToken = handSession(service, reply, outcome.session);
  rememberDevice(service, reply.request, reply, outcome.user.email);
  return { user: toUser(outcome.user), csrfToken };
}
