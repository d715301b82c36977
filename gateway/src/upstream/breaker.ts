/** The service did not answer in time, or answered that it is broken. */
export class UpstreamFailure extends Error {
  override name = 'UpstreamFailure';
}

/** All connections to the service were taken for so long: the gateway is full, and nothing was sent. */
export class NoConnection extends Error {
  override name = 'NoConnection';
}

/** Most of the time went by until there was a connection: that no answer came in the rest says nothing of the service. */
export class StartedLate extends Error {
  override name = 'StartedLate';
}

/** The breaker let no call through. */
export class BreakerOpen extends Error {
  override name = 'BreakerOpen';
}

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerRules {
  /** So many failures in a row open it. */
  failures: number;
  /** How long it lets nothing through. */
  openMs: number;
  /** So many good calls close it then, and no more than so many are tried at once; one that fails opens it again. */
  probes: number;
}

interface BreakerParts {
  rules: BreakerRules;
  /** Hears of every opening and closing; `openedAt` in milliseconds since the epoch, null when it is closed. */
  onChange?: (openedAt: number | null) => void;
  now?: () => number;
}

/**
 * Keeps calls from a service that fails them all. Failures are no answer in time and 5xx (`UpstreamFailure`); a refused or
 * reset connection is none: it fails fast by itself, and the next call may find the service back.
 */
export class Breaker {
  readonly #rules: BreakerRules;
  readonly #onChange: (openedAt: number | null) => void;
  readonly #now: () => number;
  #openedAt: number | null = null;
  #failures = 0;
  #good = 0;
  #trying = 0;
  /** Counts the changes: a call that began before one says nothing about what is after it. */
  #changes = 0;

  constructor({ rules, onChange = () => {}, now = Date.now }: BreakerParts) {
    this.#rules = rules;
    this.#onChange = onChange;
    this.#now = now;
  }

  get state(): BreakerState {
    if (this.#openedAt === null) return 'closed';
    // A clock that was set back does not keep it open for longer than it was to be.
    const age = Math.abs(this.#now() - this.#openedAt);
    return age < this.#rules.openMs ? 'open' : 'half-open';
  }

  /** Failures in a row; it opens when they are enough. */
  get failures(): number {
    return this.#failures;
  }

  /** Milliseconds since the epoch; null when it is closed. */
  get openedAt(): number | null {
    return this.#openedAt;
  }

  /** Seconds until a call is tried again, at least 1. */
  get retryAfter(): number {
    const left = (this.#openedAt ?? 0) + this.#rules.openMs - this.#now();
    return Math.max(1, Math.min(Math.ceil(left / 1_000), Math.ceil(this.#rules.openMs / 1_000)));
  }

  /** Makes the call, or throws BreakerOpen at once. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const isProbe = this.#admit();
    const change = this.#changes;
    try {
      const answer = await call();
      if (change === this.#changes) this.#succeeded(isProbe);
      return answer;
    } catch (error) {
      if (error instanceof UpstreamFailure && change === this.#changes) this.#failed(isProbe);
      throw error;
    } finally {
      if (isProbe && change === this.#changes) this.#trying--;
    }
  }

  /** Closes it, whatever it saw. */
  reset(): void {
    this.#failures = 0;
    if (this.#openedAt !== null) this.#change(null);
  }

  /** Goes on as it was before a restart. */
  restore(openedAt: number): void {
    this.#openedAt = openedAt;
  }

  /** Whether the call is one that tries if the service is back. */
  #admit(): boolean {
    const { state } = this;
    if (state === 'closed') return false;
    if (state === 'open' || this.#good + this.#trying >= this.#rules.probes)
      throw new BreakerOpen('the service is not asked for now');
    this.#trying++;
    return true;
  }

  #succeeded(isProbe: boolean): void {
    this.#failures = 0;
    if (isProbe && ++this.#good >= this.#rules.probes) this.#change(null);
  }

  #failed(isProbe: boolean): void {
    this.#failures++;
    if (isProbe || this.#failures >= this.#rules.failures) this.#change(this.#now());
  }

  #change(openedAt: number | null): void {
    this.#openedAt = openedAt;
    this.#good = 0;
    this.#trying = 0;
    this.#changes++;
    this.#onChange(openedAt);
  }
}
