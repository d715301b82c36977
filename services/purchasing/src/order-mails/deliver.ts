import { inTenant } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import {
  createQueuedDelivery,
  type Delivery,
  type Mail,
  type MailConfig,
  messageIdOf,
} from '@stockade/outgoing-mail';
import type { Service } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import { failMail, recordOutcome } from './outcome.ts';
import { type DueMail, type LeasedMail, leaseMail, listDue, lockMail } from './queue.ts';
import { giveUpAfterHours, notMailed } from './rules.ts';

type PurchasingService = Service<PurchasingDb>;

/** Message-ID and idempotency key are the mail's own: a provider that saw it before knows it again. */
function mailOf({ id, sender, recipients, subject, body_text, body_html, pdf_name, pdf }: LeasedMail): Mail {
  return {
    messageId: messageIdOf(id, sender),
    idempotencyKey: `order-mail/${id}`,
    from: sender,
    to: recipients,
    subject,
    text: body_text,
    html: body_html,
    attachments: [{ filename: pdf_name, contentType: 'application/pdf', content: pdf }],
  };
}

/** Why a mail that waits is not to go out any more. */
function whyNot({ order_status, created_at }: LeasedMail): string | null {
  if (notMailed.includes(order_status)) return `The order was ${order_status} before its mail went out.`;
  const isOld = created_at.getTime() < Date.now() - giveUpAfterHours * 3_600_000;
  return isOld ? `It could not be sent within ${giveUpAfterHours} hours: send the order again.` : null;
}

const callerOf = ({ tenant_id }: DueMail) => systemCaller(tenant_id, 'purchasing');

/** Brings the mails of orders that wait to a provider. */
export const createDelivery = (config: MailConfig): Delivery<PurchasingService> =>
  createQueuedDelivery<PurchasingService, DueMail>(config, {
    what: 'An order mail',
    listDue: ({ systemDb }, limit) => listDue(systemDb, limit),
    async take({ db }, due, { id, seconds }) {
      const mail = await inTenant(db, due.tenant_id, (trx) =>
        leaseMail(trx, due.id, { lease: id, leaseSeconds: seconds }),
      );
      return mail ? (whyNot(mail) ?? mailOf(mail)) : null;
    },
    fail: ({ db }, due, lease, note) =>
      runWork(db, callerOf(due), async (work) => {
        const locked = await lockMail(work.trx, due.id, giveUpAfterHours);
        if (locked?.lease === lease) await failMail(work, locked, note);
      }),
    record: ({ db }, due, lease, outcome) =>
      runWork(db, callerOf(due), (work) => recordOutcome(work, { mailId: due.id, lease, outcome })),
  });
