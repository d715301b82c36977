import { inTenant, newId } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import {
  createMailSender,
  createProviders,
  type Mail,
  type MailConfig,
  type MailSender,
  type Outcome,
} from '@stockade/outgoing-mail';
import type { Service, Task } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import { failMail, recordOutcome } from './outcome.ts';
import { type DueMail, type LeasedMail, leaseMail, listDue, lockMail } from './queue.ts';
import { giveUpAfterHours, messageIdOf, notMailed } from './rules.ts';

type PurchasingService = Service<PurchasingDb>;

const batch = 16;
const concurrency = 4;
/** What is allowed for besides the providers' own time: reading the mail and storing what came of it. */
const leaseMarginSeconds = 30;

export interface Delivery {
  /** Tries the mails that are due, each once; begins with none after the signal. */
  deliverDue(service: PurchasingService, signal: AbortSignal): Promise<void>;
  start(service: PurchasingService): void;
  task: Task<PurchasingDb>;
}

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

/**
 * Brings the mails that wait to a provider. They are leased, not locked: no transaction is open while a provider is
 * asked. Who dies after a provider took the mail and before that is stored leaves a lease that runs out, and the mail is
 * sent again, with the same bytes, Message-ID and idempotency key: at least once.
 */
export function createDelivery(config: MailConfig): Delivery {
  const providers = createProviders(config);
  const leaseSeconds = Math.ceil((providers.length * config.MAIL_TIMEOUT_MS) / 1_000) + leaseMarginSeconds;
  let sender: MailSender | undefined;

  async function deliver({ db, log }: PurchasingService, due: DueMail): Promise<void> {
    const lease = newId();
    const caller = systemCaller(due.tenant_id, 'purchasing');
    const mail = await inTenant(db, due.tenant_id, (trx) => leaseMail(trx, due.id, { lease, leaseSeconds }));
    if (!mail || !sender) return;
    const note = whyNot(mail);
    if (note) {
      return runWork(db, caller, async (work) => {
        const locked = await lockMail(work.trx, mail.id, giveUpAfterHours);
        if (locked?.lease === lease) await failMail(work, locked, note);
      });
    }
    const outcome = await sender.send(mailOf(mail)).catch((error: Error): Outcome => {
      log.error({ err: error, mailId: mail.id }, 'An order mail cannot be sent by anyone');
      return { status: 'refused', provider: null, providerId: null, attempts: [], retryAfterSeconds: null };
    });
    await runWork(db, caller, (work) => recordOutcome(work, { mailId: mail.id, lease, outcome }));
  }

  async function deliverDue(service: PurchasingService, signal: AbortSignal): Promise<void> {
    const due = await listDue(service.systemDb, batch);
    const rest = due.values();
    const one = async () => {
      for (const mail of rest) {
        if (signal.aborted) return;
        await deliver(service, mail).catch((error) =>
          service.log.error(
            { err: error, mailId: mail.id },
            'A round of an order mail failed; it is tried again',
          ),
        );
      }
    };
    await Promise.all(Array.from({ length: concurrency }, one));
  }

  return {
    deliverDue,
    start(service) {
      const started = createMailSender({ providers, timeoutMs: config.MAIL_TIMEOUT_MS, log: service.log });
      sender = started;
      service.onShutdown(() => started.close());
    },
    task: { name: 'order-mails', everyMs: 500, run: deliverDue },
  };
}
