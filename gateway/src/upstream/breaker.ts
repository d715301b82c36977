import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';

/** The service did not answer in time, or answered that it is broken. */
export class UpstreamFailure extends Error {
  override name = 'UpstreamFailure';
}

const openMs = 30_000;
const failuresToOpen = 5;

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  run<T>(call: () => Promise<T>): Promise<T>;
  readonly state: BreakerState;
  /** Seconds until a call is tried again. */
  readonly retryAfter: number;
}

const names: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

/**
 * Opens for 30 s after five failures in a row (no answer in time, 5xx), then lets one call try. A refused or reset
 * connection does not count: it fails fast by itself, and the next call may find the service back.
 */
export function createBreaker(): Breaker {
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof UpstreamFailure),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
  );
  let openedAt = 0;
  policy.onBreak(() => {
    openedAt = Date.now();
  });
  return {
    run: (call) => policy.execute(call),
    get state() {
      return names[policy.state];
    },
    get retryAfter() {
      return Math.max(1, Math.ceil((openedAt + openMs - Date.now()) / 1_000));
    },
  };
}

export const isOpen = (error: unknown): boolean => error instanceof BrokenCircuitError;
