import type { Redis } from 'ioredis';
import { type LimitState, slicesPerWindow } from './sliding-window.ts';

/**
 * One sliding window as a hash from slice to count, in one round trip and by Redis' clock, so that all gateways agree
 * exactly. ARGV: window in ms, limit, 1 to count or 0 to look. Gives the calls that count and the ms until one leaves.
 */
const script = `
local window, max, count = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local slices = ${slicesPerWindow}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local width = window / slices
local slice = math.floor(now / width)
local total, oldest = 0, slice
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local at = tonumber(all[i])
  if at < slice - slices then
    redis.call('HDEL', KEYS[1], all[i])
  else
    total = total + tonumber(all[i + 1])
    if at < oldest then oldest = at end
  end
end
local free = math.max(1, math.ceil((oldest + slices + 1) * width - now))
if total >= max then return { max + 1, free } end
if count then
  redis.call('HINCRBY', KEYS[1], slice, 1)
  redis.call('PEXPIRE', KEYS[1], math.ceil(window + width))
  total = total + 1
end
return { total, free }`;

interface Scripted {
  stockadeLimit(key: string, windowMs: number, max: number, count: 0 | 1): Promise<[number, number]>;
}

const prefix = '{stockade}:limit:';
const maxListed = 10_000;

/** Sliding windows that all gateways share. Throws when Redis cannot be asked. */
export class RedisWindows {
  readonly #redis: Redis & Scripted;

  constructor(redis: Redis) {
    redis.defineCommand('stockadeLimit', { numberOfKeys: 1, lua: script });
    this.#redis = redis as Redis & Scripted;
  }

  async hit(key: string, windowMs: number, max: number): Promise<LimitState> {
    return this.#ask(key, windowMs, max, 1);
  }

  async look(key: string, windowMs: number, max: number): Promise<LimitState> {
    return this.#ask(key, windowMs, max, 0);
  }

  async forget(key: string): Promise<void> {
    await this.#redis.del(`${prefix}${key}`);
  }

  /** Of those in use, at most 10,000. */
  async keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const some of this.#redis.scanStream({ match: `${prefix}*`, count: 500 })) {
      found.push(...(some as string[]).map((key) => key.slice(prefix.length)));
      if (found.length >= maxListed) break;
    }
    return found.slice(0, maxListed);
  }

  async #ask(key: string, windowMs: number, max: number, count: 0 | 1): Promise<LimitState> {
    const [current, ttl] = await this.#redis.stockadeLimit(`${prefix}${key}`, windowMs, max, count);
    return { current, ttl };
  }
}
