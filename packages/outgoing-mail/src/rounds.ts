const withoutProviderSeconds = 60;

export interface Round {
  /** How often it was tried, this time included. */
  rounds: number;
  /** How many providers were asked this time. */
  asked: number;
  retryAfterSeconds: number | null;
}

interface Waits {
  firstSeconds: number;
  maxSeconds: number;
}

/** Seconds until the next try: doubled each time up to a bound, with jitter, and never before a provider said so. */
export function secondsToNextRound(
  { rounds, asked, retryAfterSeconds }: Round,
  { firstSeconds, maxSeconds }: Waits,
  random = Math.random(),
): number {
  if (asked === 0) return withoutProviderSeconds;
  const backOff = Math.min(maxSeconds, firstSeconds * 2 ** Math.min(rounds - 1, 10));
  return Math.round(Math.max(backOff * (0.8 + 0.4 * random), retryAfterSeconds ?? 0));
}

/** A mail's Message-ID, without angle brackets: made of its own id, so that it is the same however often it is sent. */
export const messageIdOf = (mailId: string, sender: { email: string }) =>
  `${mailId}@${sender.email.split('@')[1]}`;
