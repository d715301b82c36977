import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row until it opens. */
  failures: number;
  /** How long it stays open; then one mail tries. */
  resetMs: number;
}

export interface Breaker {
  /** Every error of `call` counts as a failure. */
  run<T>(call: () => Promise<T>): Promise<T>;
  readonly state: BreakerState;
  /** Seconds until a mail tries again. */
  readonly retryAfterSeconds: number;
}

const names: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

export function createBreaker(
  { failures, resetMs }: BreakerOptions,
  onChange: (state: BreakerState) => void,
): Breaker {
  const policy = circuitBreaker(handleAll, {
    halfOpenAfter: resetMs,
    breaker: new ConsecutiveBreaker(failures),
  });
  let openedAt = 0;
  policy.onBreak(() => {
    openedAt = Date.now();
  });
  policy.onStateChange((state) => onChange(names[state]));
  return {
    run: (call) => policy.execute(call),
    get state() {
      return names[policy.state];
    },
    get retryAfterSeconds() {
      return Math.max(1, Math.ceil((openedAt + resetMs - Date.now()) / 1_000));
    },
  };
}

export const isOpen = (error: unknown): boolean => error instanceof BrokenCircuitError;
