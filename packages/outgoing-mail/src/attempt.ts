import { type Breaker, isOpen } from './breaker.ts';
import { codeOf } from './detail.ts';
import type { Mail } from './mail.ts';
import {
  type FailureKind,
  type Provider,
  ProviderError,
  type ProviderName,
  type Receipt,
} from './provider.ts';
import { withinTime } from './time-limit.ts';

/** What came of one provider; fit to be stored and shown: `detail` holds no secret. */
export interface Attempt {
  provider: ProviderName;
  startedAt: Date;
  durationMs: number;
  outcome: 'accepted' | FailureKind | 'skipped';
  detail: string | null;
}

/** An attempt and what the sender decides by. */
export interface Result {
  attempt: Attempt;
  receipt: Receipt | null;
  failOver: boolean;
  retryAfterSeconds: number | null;
}

export interface Guarded {
  provider: Provider;
  breaker: Breaker;
}

/** Asks one provider, unless its breaker is open. Never rejects. */
export async function attempt(
  { provider, breaker }: Guarded,
  mail: Mail,
  timeoutMs: number,
): Promise<Result> {
  const startedAt = new Date();
  const started = performance.now();
  const resultOf = (
    outcome: Attempt['outcome'],
    detail: string | null,
    rest: Partial<Result> = {},
  ): Result => ({
    attempt: {
      provider: provider.name,
      startedAt,
      durationMs: Math.round(performance.now() - started),
      outcome,
      detail,
    },
    receipt: null,
    failOver: true,
    retryAfterSeconds: null,
    ...rest,
  });
  try {
    const answer = await breaker.run(() => ask(provider, mail, timeoutMs));
    if (!(answer instanceof ProviderError))
      return resultOf('accepted', answer.note ?? null, { receipt: answer, failOver: false });
    const { failOver, retryAfterSeconds } = answer;
    return resultOf(answer.kind, answer.message, { failOver, retryAfterSeconds });
  } catch (error) {
    if (isOpen(error)) return resultOf('skipped', null, { retryAfterSeconds: breaker.retryAfterSeconds });
    const { kind, message, failOver, retryAfterSeconds } = asFailure(error);
    return resultOf(kind, message, { failOver, retryAfterSeconds });
  }
}

/** An error that is not the provider's fault is given, not thrown: it shows the breaker a provider that works. */
async function ask(provider: Provider, mail: Mail, timeoutMs: number): Promise<Receipt | ProviderError> {
  try {
    return await withinTime(timeoutMs, (signal) => provider.send(mail, signal));
  } catch (error) {
    const failure = asFailure(error);
    if (failure.failOver) throw failure;
    return failure;
  }
}

/** Of an error nobody foresaw only the code is told: its message might hold anything. */
const asFailure = (error: unknown): ProviderError =>
  error instanceof ProviderError ? error : new ProviderError('temporary', `Unexpected: ${codeOf(error)}`);
