import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import type { Outcome } from '@stockade/outgoing-mail';
import { sql, type Updateable } from 'kysely';
import type { OrderMailTable, PurchasingDb } from '../tables.ts';
import { type MailRow, updateMail } from './queries.ts';
import { insertAttempts, lockMail } from './queue.ts';
import { giveUpAfterHours, waitSeconds } from './rules.ts';

type PurchasingWork = Work<PurchasingDb>;

const audited = ['status', 'provider', 'provider_id', 'note'];

/** What a mail has come to, in its final state: one audit entry. */
async function finish(
  work: PurchasingWork,
  before: MailRow,
  verb: 'deliver' | 'fail',
  changes: Updateable<OrderMailTable>,
): Promise<void> {
  const after = await updateMail(work.trx, before.id, { ...changes, lease: null });
  work.audit({
    action: `purchasing.order-mail.${verb}`,
    target: { type: 'order-mail', id: before.id },
    changes: changed(before, after, audited),
  });
}

export async function failMail(work: PurchasingWork, mail: MailRow, note: string): Promise<void> {
  await finish(work, mail, 'fail', { status: 'failed', note });
}

interface Delivery {
  mailId: string;
  lease: string;
  outcome: Outcome;
}

/**
 * Stores what came of one round. That a provider took the mail is a fact, whatever happened to the lease meanwhile; all
 * else is decided only by who holds it.
 */
export async function recordOutcome(
  work: PurchasingWork,
  { mailId, lease, outcome }: Delivery,
): Promise<void> {
  const mail = await lockMail(work.trx, mailId, giveUpAfterHours);
  if (!mail) throw new Error(`Order mail ${mailId} is not there any more`);
  await insertAttempts(
    work.trx,
    outcome.attempts.map(({ provider, startedAt, durationMs, outcome: came, detail }) => ({
      ...{ tenant_id: work.tenantId, id: newId(), mail_id: mailId, provider, detail },
      ...{ started_at: startedAt, duration_ms: durationMs, outcome: came },
    })),
  );
  if (outcome.status === 'sent') {
    if (mail.status !== 'sent') await deliverMail(work, mail, outcome);
  } else if (mail.status === 'queued' && mail.lease === lease) {
    if (outcome.status === 'refused') await failMail(work, mail, refusal(outcome));
    else if (mail.isOld) await failMail(work, mail, tooLate(outcome));
    else await postpone(work, mail, outcome);
  }
}

async function deliverMail(work: PurchasingWork, mail: MailRow, outcome: Outcome): Promise<void> {
  const { provider, providerId: provider_id, attempts } = outcome;
  // What an accepted mail's attempt tells is worth knowing: the server may have refused some of the recipients.
  const note = attempts.at(-1)?.detail ?? null;
  await finish(work, mail, 'deliver', { status: 'sent', provider, provider_id, note, sent_at: work.now });
}

async function postpone({ trx }: PurchasingWork, mail: MailRow, outcome: Outcome): Promise<void> {
  const { attempts, retryAfterSeconds } = outcome;
  const seconds = waitSeconds({ rounds: mail.rounds, asked: attempts.length, retryAfterSeconds });
  await updateMail(trx, mail.id, {
    lease: null,
    next_attempt_at: sql<Date>`now() + make_interval(secs => ${seconds})` as never,
    note:
      attempts.length === 0
        ? 'It waits: no mail provider is set up (MAIL_PROVIDERS).'
        : 'No provider took it yet: it is tried again.',
  });
}

function refusal({ provider, attempts }: Outcome): string {
  const why = attempts.at(-1)?.detail;
  const what = provider ? `${provider} refused it${why ? ` (${why})` : ''}` : 'It cannot be sent as it is';
  return `${what}: check its addresses, then send the order again.`;
}

const tooLate = ({ attempts }: Outcome): string =>
  attempts.length === 0
    ? `No mail provider was set up (MAIL_PROVIDERS) within ${giveUpAfterHours} hours: send the order again when there is one.`
    : `No provider took it within ${giveUpAfterHours} hours: send the order again when mail works.`;
