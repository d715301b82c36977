import { inTenant } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import {
  createQueuedDelivery,
  type Delivery,
  type Mail,
  type MailConfig,
  messageIdOf,
  parseMailFrom,
} from '@stockade/outgoing-mail';
import type { Service } from '@stockade/service-kit';
import { tokenOf } from '../account-tokens/token.ts';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { failMail, recordOutcome } from './outcome.ts';
import { type DueMail, type LeasedMail, leaseMail, listDue } from './queue.ts';
import { renderMail } from './render.ts';

type IdentityService = Service<IdentityDb>;

/** The whole mail, its link included, which is made here and lives in memory alone. */
function mailOf(mail: LeasedMail, config: Config, secret: string): Mail {
  const from = parseMailFrom(config.MAIL_FROM);
  const token = tokenOf(secret, { id: mail.token_id, purpose: mail.purpose });
  const base = config.PUBLIC_URL.replace(/\/+$/, '');
  return {
    messageId: messageIdOf(mail.id, from),
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

const callerOf = ({ tenant_id }: DueMail) => systemCaller(tenant_id, 'identity');

/** Brings the mails to users that wait to a provider. */
export function createDelivery(mailConfig: MailConfig): Delivery<IdentityService> {
  const delivery = createQueuedDelivery<IdentityService, DueMail>(mailConfig, {
    what: 'An account mail',
    listDue: ({ systemDb }, limit) => listDue(systemDb, limit),
    async take({ db, config, secrets }, due, { id, seconds }) {
      const mail = await inTenant(db, due.tenant_id, (trx) =>
        leaseMail(trx, due.id, { lease: id, leaseSeconds: seconds }),
      );
      if (!mail) return null;
      return whyNot(mail) ?? mailOf(mail, config as Config, secrets.current('SESSION_SECRET'));
    },
    fail: ({ db }, due, lease, note) =>
      runWork(db, callerOf(due), (work) => failMail(work, { mailId: due.id, lease, note })),
    record: ({ db }, due, lease, outcome) =>
      runWork(db, callerOf(due), (work) => recordOutcome(work, { mailId: due.id, lease, outcome })),
  });
  return {
    ...delivery,
    start(service) {
      warnOfSettings(service, delivery.hasProviders);
      delivery.start(service);
    },
  };
}

function warnOfSettings({ config, log }: IdentityService, hasProviders: boolean): void {
  const { PUBLIC_URL, NODE_ENV } = config as Config;
  if (!hasProviders)
    log.warn(
      'No mail provider is set up (MAIL_PROVIDERS): links to set a password, invitations and confirmations reach nobody',
    );
  else if (NODE_ENV === 'production' && !PUBLIC_URL.startsWith('https://'))
    log.warn({ PUBLIC_URL }, 'Links in mails are no https links: set PUBLIC_URL');
}
