const firstWaitSeconds = 5;
const maxWaitSeconds = 5 * 60;
const withoutProviderSeconds = 60;

interface Round {
  /** How often it was tried, this time included. */
  rounds: number;
  /** How many providers were asked this time. */
  asked: number;
  retryAfterSeconds: number | null;
}

/** Seconds until the next try: doubled each time up to 5 minutes, with jitter, and never before a provider said so. */
export function waitSeconds({ rounds, asked, retryAfterSeconds }: Round, random = Math.random()): number {
  if (asked === 0) return withoutProviderSeconds;
  const backOff = Math.min(maxWaitSeconds, firstWaitSeconds * 2 ** Math.min(rounds - 1, 10));
  return Math.round(Math.max(backOff * (0.8 + 0.4 * random), retryAfterSeconds ?? 0));
}
