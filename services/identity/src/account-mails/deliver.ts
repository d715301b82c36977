import { inTenant, newId } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import {
  createMailSender,
  createProviders,
  type Mail,
  type MailConfig,
  type MailSender,
  type Outcome,
  parseMailFrom,
} from '@stockade/outgoing-mail';
import type { Service, Task } from '@stockade/service-kit';
import { tokenOf } from '../account-tokens/token.ts';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { failMail, recordOutcome } from './outcome.ts';
import { type DueMail, type LeasedMail, leaseMail, listDue } from './queue.ts';
import { renderMail } from './render.ts';

type IdentityService = Service<IdentityDb>;

const batch = 16;
const concurrency = 4;
/** What is allowed for besides the providers' own time: reading the mail and storing what came of it. */
const leaseMarginSeconds = 30;

export interface Delivery {
  /** Tries the mails that are due, each once; begins with none after the signal. */
  deliverDue(service: IdentityService, signal: AbortSignal): Promise<void>;
  start(service: IdentityService): void;
  task: Task<IdentityDb>;
}

/** The whole mail, its link included, which is made here and lives in memory alone. */
function mailOf(mail: LeasedMail, config: Config, secret: string): Mail {
  const from = parseMailFrom(config.MAIL_FROM);
  const token = tokenOf(secret, { id: mail.token_id, purpose: mail.purpose });
  const base = config.PUBLIC_URL.replace(/\/+$/, '');
  return {
    messageId: `${mail.id}@${from.email.split('@')[1]}`,
    idempotencyKey: `account-mail/${mail.id}`,
    from,
    to: [{ email: mail.recipient }],
    ...renderMail(mail, (page) => `${base}/account/${page}#token=${token}`),
    attachments: [],
  };
}

/** Why a mail that waits is not to go out any more. */
function whyNot({ kind, linkIsLive, isLate }: LeasedMail): string | null {
  if (kind !== 'email-change-notice' && !linkIsLive) return 'Its link was not valid any more.';
  return isLate ? 'It could not be sent in time.' : null;
}

/**
 * Brings the mails that wait to a provider. They are leased, not locked: no transaction is open while a provider is
 * asked. Who dies after a provider took the mail and before that is stored leaves a lease that runs out, and the same
 * mail is sent again, with the same Message-ID and idempotency key: at least once.
 */
export function createDelivery(mailConfig: MailConfig): Delivery {
  const providers = createProviders(mailConfig);
  const leaseSeconds =
    Math.ceil((providers.length * mailConfig.MAIL_TIMEOUT_MS) / 1_000) + leaseMarginSeconds;
  let sender: MailSender | undefined;

  async function deliver({ db, log, config, secrets }: IdentityService, due: DueMail): Promise<void> {
    const lease = newId();
    const caller = systemCaller(due.tenant_id, 'identity');
    const mail = await inTenant(db, due.tenant_id, (trx) => leaseMail(trx, due.id, { lease, leaseSeconds }));
    if (!mail || !sender) return;
    const note = whyNot(mail);
    if (note) return runWork(db, caller, (work) => failMail(work, { mailId: mail.id, lease, note }));
    const outcome = await sender
      .send(mailOf(mail, config as Config, secrets.current('SESSION_SECRET')))
      .catch((error: Error): Outcome => {
        log.error({ err: error, mailId: mail.id }, 'An account mail cannot be sent by anyone');
        return { status: 'refused', provider: null, providerId: null, attempts: [], retryAfterSeconds: null };
      });
    await runWork(db, caller, (work) => recordOutcome(work, { mailId: mail.id, lease, outcome }));
  }

  async function deliverDue(service: IdentityService, signal: AbortSignal): Promise<void> {
    const rest = (await listDue(service.systemDb, batch)).values();
    const one = async () => {
      for (const mail of rest) {
        if (signal.aborted) return;
        await deliver(service, mail).catch((error) =>
          service.log.error(
            { err: error, mailId: mail.id },
            'A round of an account mail failed; it is tried again',
          ),
        );
      }
    };
    await Promise.all(Array.from({ length: concurrency }, one));
  }

  return {
    deliverDue,
    start(service) {
      const { PUBLIC_URL, NODE_ENV } = service.config as Config;
      if (providers.length === 0)
        service.log.warn(
          'No mail provider is set up (MAIL_PROVIDERS): links to set a password, invitations and confirmations reach nobody',
        );
      else if (NODE_ENV === 'production' && !PUBLIC_URL.startsWith('https://'))
        service.log.warn({ PUBLIC_URL }, 'Links in mails are no https links: set PUBLIC_URL');
      const { log } = service;
      const started = createMailSender({ providers, timeoutMs: mailConfig.MAIL_TIMEOUT_MS, log });
      sender = started;
      service.onShutdown(() => started.close());
    },
    task: { name: 'account-mails', everyMs: 500, run: deliverDue },
  };
}
