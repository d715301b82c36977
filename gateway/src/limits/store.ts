import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RedisWindows } from './redis-windows.ts';
import { type LimitState, SlidingWindows } from './sliding-window.ts';

export interface WindowsParts {
  redis: Redis | null;
  log: Pick<Logger, 'warn'>;
}

/** What is guessed at: sign-ins, and calls that are sensitive. */
const guarded = /^(AUTH|SENSITIVE):/;

/** After a failure Redis is asked again by one call in so long: one that hangs makes each that asks it wait. */
const restMs = 2_000;

/** Sliding windows: shared by all gateways through Redis, else each gateway's own. */
export interface Windows {
  /** Counts a call; a refused one takes no place. Answers at once when nobody else has to be asked: every call asks twice. */
  hit(key: string, windowMs: number, max: number): LimitState | Promise<LimitState>;
  /** As it is, without counting. */
  look(key: string, windowMs: number, max: number): LimitState | Promise<LimitState>;
  /** Begins anew. */
  forget(key: string): Promise<void>;
  /** Those in use, bounded. */
  keys(): Promise<string[]>;
  /** Where calls are counted now. */
  place(): 'memory' | 'redis' | 'memory, Redis is away';
}

/**
 * While Redis is away each gateway counts for itself: a limit that is too generous beats none, and beats refusing
 * everybody. Not so for AUTH and SENSITIVE: whoever can take Redis away must not win guesses by it. For these each gateway
 * counts all the time what it let through, and allows half the limit while it is alone.
 */
export function createWindows({ redis, log }: WindowsParts): Windows {
  const local = new SlidingWindows();
  const shared = redis ? new RedisWindows(redis) : null;
  let away = false;
  let askAgainAt = 0;
  const askShared = async <T>(
    windows: RedisWindows,
    question: (windows: SlidingWindows | RedisWindows) => T | Promise<T>,
  ): Promise<T> => {
    if (away) {
      const now = performance.now();
      if (now < askAgainAt) return question(local);
      askAgainAt = now + restMs;
    }
    try {
      const answer = await question(windows);
      away = false;
      return answer;
    } catch (error) {
      if (!away) log.warn({ err: error }, 'Redis cannot be asked: each gateway limits for itself');
      away = true;
      askAgainAt = performance.now() + restMs;
      return question(local);
    }
  };
  const ask = <T>(question: (windows: SlidingWindows | RedisWindows) => T | Promise<T>): T | Promise<T> =>
    shared ? askShared(shared, question) : question(local);
  return {
    hit(key, windowMs, max) {
      if (!shared || !guarded.test(key)) return ask((windows) => windows.hit(key, windowMs, max));
      const withheld = max - Math.max(1, Math.floor(max / 2));
      return ask(async (windows) => {
        const state = await windows.hit(key, windowMs, windows === local ? max - withheld : max);
        if (windows === local) return { ...state, current: state.current + withheld };
        local.hit(key, windowMs, max);
        return state;
      });
    },
    look: (key, windowMs, max) => ask((windows) => windows.look(key, windowMs, max)),
    async forget(key) {
      local.forget(key);
      await ask((windows) => windows.forget(key));
    },
    keys: async () => ask((windows) => windows.keys()),
    place() {
      if (!shared) return 'memory';
      return away ? 'memory, Redis is away' : 'redis';
    },
  };
}

type Done = (error: Error | null, state?: LimitState) => void;

function tell(found: LimitState | Promise<LimitState>, done: Done): void {
  if (found instanceof Promise) found.then((state) => done(null, state), done);
  else done(null, found);
}

/**
 * The store that @fastify/rate-limit asks, in place of its fixed windows: a burst at a window's edge gets twice the limit
 * past those.
 */
export function limitStore(windows: Windows) {
  return class LimitStore {
    incr(key: string, done: Done, windowMs: number, max: number): void {
      tell(windows.hit(key, windowMs, max), done);
    }
    read(key: string, done: Done, windowMs: number, max: number): void {
      tell(windows.look(key, windowMs, max), done);
    }
    /** All limits share one store: their keys name them. */
    child(): LimitStore {
      return this;
    }
  };
}
