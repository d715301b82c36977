import type { Feedback, GiveFeedbackBody } from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { lockMessage } from '../messages/queries.ts';
import type { EmailScanningDb } from '../tables.ts';
import { noteChange } from './adaptation-queries.ts';
import * as queries from './queries.ts';

type MailWork = Work<EmailScanningDb>;

const audited = ['message_id', 'verdict', 'reason'];
const target = (id: string) => ({ type: 'feedback', id });

/** Who speaks: an API key speaks for the person who made it. */
function personOf({ caller }: MailWork): string {
  if (caller.personId === null) throw errors.forbidden('Only people say what a message is.');
  return caller.personId;
}

/** Notes what a person says of a message, in place of what they said before. The message itself stays as it is. */
export async function giveFeedback(
  work: MailWork,
  messageId: string,
  { verdict, reason: given }: Static<typeof GiveFeedbackBody>,
): Promise<Feedback> {
  const personId = personOf(work);
  const reason = given ?? null;
  if (!(await lockMessage(work.trx, messageId))) throw errors.notFound('Message', messageId);
  const before = await queries.findByPerson(work.trx, messageId, personId);
  if (before && before.verdict === verdict && before.reason === reason) return queries.toFeedback(before);
  const after = before
    ? await queries.updateFeedback(work.trx, before.id, { verdict, reason })
    : await queries.insertFeedback(work.trx, {
        ...{ tenant_id: work.tenantId, id: newId(), message_id: messageId, person_id: personId },
        ...{ verdict, reason, words: null, structure: null },
      });
  await noteChange(work.trx, work.tenantId);
  work.audit({
    action: `email-scanning.feedback.${before ? 'update' : 'create'}`,
    target: target(after.id),
    changes: changed(before ?? null, after, audited),
  });
  return queries.toFeedback(after);
}

/** Takes back what a person said; only they may. */
export async function withdrawFeedback(
  work: MailWork,
  named: { messageId: string; feedbackId: string },
  ifMatch: number | null,
): Promise<void> {
  const row = await queries.lockFeedback(work.trx, named);
  if (!row) throw errors.notFound('Feedback', named.feedbackId);
  checkVersion(row.version, ifMatch);
  if (row.person_id !== personOf(work)) throw errors.forbidden('This was said by somebody else.');
  await queries.deleteFeedback(work.trx, row.id);
  await noteChange(work.trx, work.tenantId);
  work.audit({
    action: 'email-scanning.feedback.delete',
    target: target(row.id),
    changes: changed(row, null, audited),
  });
}
