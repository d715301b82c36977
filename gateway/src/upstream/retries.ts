import { setTimeout as delay } from 'node:timers/promises';

/** How long a retry waits at most, by how many there were. Some jitter: callers who failed together do not come back together. */
const waitsMs = [100, 300];
const maxSaved = 10;

/**
 * What may be spent on retries: a share of the calls, so that a service in trouble is not asked several times as much as
 * it could not answer already. Some are saved up, so that single losses are always made good.
 */
export class RetryBudget {
  readonly #share: number;
  #saved = maxSaved;

  /** `percent` of the calls may be retries. */
  constructor(percent: number) {
    this.#share = percent / 100;
  }

  /** A call was made: it pays its share in. */
  earn(): void {
    this.#saved = Math.min(maxSaved, this.#saved + this.#share);
  }

  /** Whether another retry can be afforded; it is paid for then. */
  spend(): boolean {
    // In sums of shares 1 may be a hair less.
    if (this.#share === 0 || this.#saved < 1 - 1e-9) return false;
    this.#saved--;
    return true;
  }
}

/** Asks again after `error`, when that was a lost connection, as long as the budget lets it. Only for calls that may come twice. */
export async function retryLost<T>(
  budget: RetryBudget,
  isLost: (error: unknown) => boolean,
  error: unknown,
  ask: () => Promise<T>,
): Promise<T> {
  let last = error;
  for (const wait of waitsMs) {
    if (!isLost(last) || !budget.spend()) break;
    await delay(wait * (0.2 + 0.8 * Math.random()));
    try {
      return await ask();
    } catch (next) {
      last = next;
    }
  }
  throw last;
}
