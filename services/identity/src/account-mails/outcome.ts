import { changed, type Work } from '@stockade/messaging';
import type { Outcome } from '@stockade/outgoing-mail';
import { sql, type Updateable } from 'kysely';
import type { AccountMailTable, IdentityDb } from '../tables.ts';
import { lockMail, type MailRow, updateMail } from './queue.ts';
import { waitSeconds } from './rules.ts';

type IdentityWork = Work<IdentityDb>;

/** What a mail has come to, in its final state: one audit entry, which names its kind and user, never the link. */
async function finish(
  work: IdentityWork,
  before: MailRow,
  verb: 'deliver' | 'fail',
  changes: Updateable<AccountMailTable>,
): Promise<void> {
  const after = await updateMail(work.trx, before.id, { ...changes, lease: null });
  work.audit({
    action: `identity.account-mail.${verb}`,
    target: { type: 'account-mail', id: before.id },
    changes: {
      ...changed(before, after, ['status', 'provider', 'note']),
      ...changed(null, before, ['kind', 'user_id']),
    },
  });
}

export async function failMail(
  work: IdentityWork,
  { mailId, lease, note }: { mailId: string; lease: string; note: string },
): Promise<void> {
  const mail = await lockMail(work.trx, mailId);
  if (mail?.lease === lease) await finish(work, mail, 'fail', { status: 'failed', note });
}

/** Stores what came of one round. That a provider took the mail is a fact; all else is decided by who holds the lease. */
export async function recordOutcome(
  work: IdentityWork,
  { mailId, lease, outcome }: { mailId: string; lease: string; outcome: Outcome },
): Promise<void> {
  const mail = await lockMail(work.trx, mailId);
  // Its user was removed while it was on its way.
  if (!mail) return;
  const { status, provider, providerId: provider_id } = outcome;
  if (status === 'sent') {
    if (mail.status !== 'sent')
      await finish(work, mail, 'deliver', { status, provider, provider_id, note: null, sent_at: work.now });
  } else if (mail.status === 'queued' && mail.lease === lease) {
    const note = noteOf(outcome);
    if (status === 'refused' || mail.isLate) await finish(work, mail, 'fail', { status: 'failed', note });
    else await postpone(work, mail, outcome, note);
  }
}

async function postpone({ trx }: IdentityWork, mail: MailRow, outcome: Outcome, note: string): Promise<void> {
  const { attempts, retryAfterSeconds } = outcome;
  const seconds = waitSeconds({ rounds: mail.rounds, asked: attempts.length, retryAfterSeconds });
  await updateMail(trx, mail.id, {
    lease: null,
    next_attempt_at: sql<Date>`now() + make_interval(secs => ${seconds})` as never,
    note,
  });
}

function noteOf({ status, provider, attempts }: Outcome): string {
  if (status === 'refused')
    return provider ? `${provider} refused it: check the address.` : 'It cannot be sent as it is.';
  return attempts.length === 0 ? 'No mail provider is set up (MAIL_PROVIDERS).' : 'No provider took it yet.';
}
