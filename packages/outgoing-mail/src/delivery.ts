import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { createProviders, type MailConfig } from './config.ts';
import type { Mail } from './mail.ts';
import { createMailSender, type MailSender, type Outcome } from './sender.ts';

/** What a delivery needs of the service that it runs in. */
interface Host {
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  onShutdown(close: () => Promise<void>): void;
}

export interface Lease {
  id: string;
  seconds: number;
}

/** Where mails wait, and what is done with them: in its service's own tables. */
export interface MailQueue<H, Due> {
  /** As it stands in the log: `An order mail`. */
  readonly what: string;
  /** Those whose time has come, of all tenants. */
  listDue(host: H, limit: number): Promise<readonly Due[]>;
  /** Takes a mail for the time of the lease: the mail, or why it is not to go out any more; null when another has it. */
  take(host: H, due: Due, lease: Lease): Promise<Mail | string | null>;
  /** It is not to go out, unless the lease is somebody else's by now. */
  fail(host: H, due: Due, leaseId: string, note: string): Promise<void>;
  /** Stores what came of one round. */
  record(host: H, due: Due, leaseId: string, outcome: Outcome): Promise<void>;
}

export interface Delivery<H> {
  /** Tries the mails that are due, each once; begins with none after the signal. */
  deliverDue(host: H, signal: AbortSignal): Promise<void>;
  /** Opens the providers; they are closed with the service. */
  start(host: H): void;
  readonly hasProviders: boolean;
}

const batch = 16;
const concurrency = 4;
/** What is allowed for besides the providers' own time: reading the mail and storing what came of it. */
const leaseMarginSeconds = 30;

/**
 * Brings the mails that wait to a provider. They are leased, not locked: no transaction is open while a provider is
 * asked. Who dies after a provider took the mail and before that is stored leaves a lease that runs out, and the mail is
 * sent again, with the same Message-ID and idempotency key: at least once.
 */
export function createQueuedDelivery<H extends Host, Due extends { id: string }>(
  config: MailConfig,
  queue: MailQueue<H, Due>,
): Delivery<H> {
  const providers = createProviders(config);
  const seconds = Math.ceil((providers.length * config.MAIL_TIMEOUT_MS) / 1_000) + leaseMarginSeconds;
  let sender: MailSender | undefined;

  async function deliver(host: H, due: Due): Promise<void> {
    const id = randomUUID();
    const taken = await queue.take(host, due, { id, seconds });
    if (taken === null || !sender) return;
    if (typeof taken === 'string') return queue.fail(host, due, id, taken);
    const outcome = await sender.send(taken).catch((error: Error): Outcome => {
      host.log.error({ err: error, mailId: due.id }, `${queue.what} cannot be sent by anyone`);
      return { status: 'refused', provider: null, providerId: null, attempts: [], retryAfterSeconds: null };
    });
    await queue.record(host, due, id, outcome);
  }

  return {
    hasProviders: providers.length > 0,
    async deliverDue(host, signal) {
      const rest = (await queue.listDue(host, batch)).values();
      const one = async () => {
        for (const due of rest) {
          if (signal.aborted) return;
          await deliver(host, due).catch((error) =>
            host.log.error(
              { err: error, mailId: due.id },
              `A round of ${queue.what.toLowerCase()} failed; it is tried again`,
            ),
          );
        }
      };
      await Promise.all(Array.from({ length: concurrency }, one));
    },
    start(host) {
      const started = createMailSender({ providers, timeoutMs: config.MAIL_TIMEOUT_MS, log: host.log });
      sender = started;
      host.onShutdown(() => started.close());
    },
  };
}
