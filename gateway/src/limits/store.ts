import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RedisWindows } from './redis-windows.ts';
import { type LimitState, SlidingWindows } from './sliding-window.ts';

type Done = (error: Error | null, state?: LimitState) => void;

export interface LimitStoreParts {
  redis: Redis | null;
  log: Pick<Logger, 'warn'>;
}

/**
 * The store that @fastify/rate-limit asks, in place of its fixed windows: a burst at a window's edge gets twice the limit
 * past those. While Redis is away each gateway counts for itself: a limit that is too generous beats none, and beats
 * refusing everybody.
 */
export function createLimitStore({ redis, log }: LimitStoreParts) {
  const local = new SlidingWindows();
  const shared = redis ? new RedisWindows(redis) : null;
  let away = false;
  const ask = async (
    method: 'hit' | 'look',
    key: string,
    windowMs: number,
    max: number,
  ): Promise<LimitState> => {
    if (!shared) return local[method](key, windowMs, max);
    try {
      const state = await shared[method](key, windowMs, max);
      away = false;
      return state;
    } catch (error) {
      if (!away) log.warn({ err: error }, 'Redis cannot be asked: each gateway limits for itself');
      away = true;
      return local[method](key, windowMs, max);
    }
  };
  return class LimitStore {
    incr(key: string, done: Done, windowMs: number, max: number): void {
      ask('hit', key, windowMs, max).then((state) => done(null, state), done);
    }
    read(key: string, done: Done, windowMs: number, max: number): void {
      ask('look', key, windowMs, max).then((state) => done(null, state), done);
    }
    /** All limits share one store: their keys name them. */
    child(): LimitStore {
      return this;
    }
    /** Where the calls are counted now. */
    static place(): 'memory' | 'redis' | 'memory, Redis is away' {
      if (!shared) return 'memory';
      return away ? 'memory, Redis is away' : 'redis';
    }
  };
}
