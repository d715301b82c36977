import type { Logger } from 'pino';
import { type Attempt, attempt, type Result } from './attempt.ts';
import { type BreakerOptions, type BreakerState, createBreaker } from './breaker.ts';
import { checkMail } from './check-mail.ts';
import type { Mail } from './mail.ts';
import type { Provider, ProviderName } from './provider.ts';

export interface MailSenderOptions {
  /** In the order in which they are tried. */
  providers: readonly Provider[];
  /** Of one attempt. */
  timeoutMs?: number;
  breaker?: Partial<BreakerOptions>;
  log: Pick<Logger, 'info' | 'warn'>;
}

export interface Outcome {
  /** `refused`: not again with this mail. `unavailable`: nobody took it, try later. */
  status: 'sent' | 'refused' | 'unavailable';
  /** Who took or refused it. */
  provider: ProviderName | null;
  providerId: string | null;
  attempts: Attempt[];
  /** The soonest that trying again makes sense; null when no provider said. */
  retryAfterSeconds: number | null;
}

export interface MailSender {
  /** Throws a plain Error for a mail that cannot be sent by anyone (see checkMail); otherwise never rejects. */
  send(mail: Mail): Promise<Outcome>;
  states(): Partial<Record<ProviderName, BreakerState>>;
  close(): Promise<void>;
}

/** Hands a mail to the first of the providers that takes it. */
export function createMailSender({
  providers,
  timeoutMs = 10_000,
  breaker: { failures = 5, resetMs = 30_000 } = {},
  log,
}: MailSenderOptions): MailSender {
  const guarded = providers.map((provider) => ({
    provider,
    breaker: createBreaker({ failures, resetMs }, (state) =>
      log.info({ provider: provider.name, state }, 'A mail provider’s breaker changed'),
    ),
  }));
  return {
    async send(mail) {
      checkMail(mail);
      const results: Result[] = [];
      for (const one of guarded) {
        const result = await attempt(one, mail, timeoutMs);
        results.push(result);
        const { provider, outcome, detail } = result.attempt;
        if (outcome !== 'accepted' && outcome !== 'skipped')
          log.warn({ provider, outcome, detail, messageId: mail.messageId }, 'A mail was not accepted');
        if (!result.failOver) break;
      }
      return outcomeOf(results);
    },
    states: () => Object.fromEntries(guarded.map(({ provider, breaker }) => [provider.name, breaker.state])),
    close: async () => void (await Promise.all(providers.map((provider) => provider.close?.()))),
  };
}

function outcomeOf(results: readonly Result[]): Outcome {
  const attempts = results.map((result) => result.attempt);
  const last = results.at(-1);
  const end = { attempts, provider: last?.attempt.provider ?? null };
  if (last?.receipt)
    return { ...end, status: 'sent', providerId: last.receipt.providerId, retryAfterSeconds: null };
  if (last?.attempt.outcome === 'permanent')
    return { ...end, status: 'refused', providerId: null, retryAfterSeconds: null };
  const retryAfterSeconds = soonest(results);
  return { status: 'unavailable', provider: null, providerId: null, attempts, retryAfterSeconds };
}

/** One that failed without naming a time may be back at any moment; wrong settings do not mend by waiting. */
function soonest(results: readonly Result[]): number | null {
  const waits = results
    .filter((result) => result.attempt.outcome !== 'misconfigured')
    .map((result) => result.retryAfterSeconds);
  return waits.length === 0 || waits.includes(null) ? null : Math.min(...(waits as number[]));
}
