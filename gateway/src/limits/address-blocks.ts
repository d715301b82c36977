import { ServiceError } from '@stockade/service-kit/errors';
import { networkOf } from '@stockade/service-kit/network';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config.ts';
import type { Windows } from './store.ts';

/** An address (of IPv6 its /64) whose calls without valid credentials are refused for a while. */
export interface AddressBlock {
  network: string;
  /** Milliseconds since the epoch. */
  until: number;
  by: 'refusals' | 'operator';
  reason: string | null;
}

export interface AddressBlocks {
  /** Throws a 429 while the address is blocked. Only for calls without valid credentials: whoever holds one passes. */
  check(address: string): Promise<void>;
  /** Counts a wrong credential or a failed sign-in; too many block the address. */
  noteRefusal(address: string): Promise<void>;
  /** At most 1,000, those that last longest first. */
  list(): Promise<AddressBlock[]>;
  block(
    address: string,
    block: { seconds?: number | undefined; reason?: string | undefined },
  ): Promise<AddressBlock>;
  /** Whether it was blocked. What was counted is forgotten too. */
  release(address: string): Promise<boolean>;
}

interface Parts {
  config: GatewayConfig;
  windows: Windows;
  redis: Redis | null;
  log: Pick<Logger, 'warn'>;
  /** Told of an address that is blocked because of what came from it. */
  onBlocked(address: string, seconds: number): void;
}

const maxBlocks = 50_000;
const maxListed = 1_000;
const prefix = '{stockade}:blocked:';

type Kept = Omit<AddressBlock, 'network'>;

/** Where blocks are kept: each ends by itself, by the clock of whoever keeps it. */
interface BlockStore {
  get(network: string): Promise<Kept | null>;
  set(network: string, kept: Kept): Promise<void>;
  remove(network: string): Promise<boolean>;
  list(): Promise<AddressBlock[]>;
}

class MemoryBlocks implements BlockStore {
  readonly #blocks = new Map<string, Kept>();

  async get(network: string): Promise<Kept | null> {
    const kept = this.#blocks.get(network);
    if (!kept) return null;
    if (kept.until > Date.now()) return kept;
    this.#blocks.delete(network);
    return null;
  }

  async set(network: string, kept: Kept): Promise<void> {
    this.#blocks.delete(network);
    if (this.#blocks.size >= maxBlocks) this.#blocks.delete(this.#blocks.keys().next().value as string);
    this.#blocks.set(network, kept);
  }

  async remove(network: string): Promise<boolean> {
    return this.#blocks.delete(network);
  }

  async list(): Promise<AddressBlock[]> {
    const now = Date.now();
    for (const [network, { until }] of this.#blocks) if (until <= now) this.#blocks.delete(network);
    return [...this.#blocks].map(([network, kept]) => ({ network, ...kept }));
  }
}

/** Shared by all gateways. */
class RedisBlocks implements BlockStore {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async get(network: string): Promise<Kept | null> {
    const text = await this.#redis.get(`${prefix}${network}`);
    return text === null ? null : this.#read(text, network);
  }

  /** `until` by Redis' clock, not by that of the gateway which wrote it. */
  async #read(text: string, network: string): Promise<Kept | null> {
    const left = await this.#redis.pttl(`${prefix}${network}`);
    return left > 0 ? { ...(JSON.parse(text) as Omit<Kept, 'until'>), until: Date.now() + left } : null;
  }

  async set(network: string, { until, ...kept }: Kept): Promise<void> {
    await this.#redis.set(`${prefix}${network}`, JSON.stringify(kept), 'PX', Math.max(1, until - Date.now()));
  }

  async remove(network: string): Promise<boolean> {
    return (await this.#redis.del(`${prefix}${network}`)) > 0;
  }

  async list(): Promise<AddressBlock[]> {
    const keys: string[] = [];
    for await (const some of this.#redis.scanStream({ match: `${prefix}*`, count: 500 })) {
      keys.push(...(some as string[]));
      if (keys.length >= maxListed) break;
    }
    const found = await Promise.all(
      keys.slice(0, maxListed).map(async (key) => {
        const network = key.slice(prefix.length);
        const kept = await this.get(network);
        return kept ? [{ network, ...kept }] : [];
      }),
    );
    return found.flat();
  }
}

/** Keeps those out who try credential after credential. While Redis is away each gateway blocks for itself. */
export function createAddressBlocks({ config, windows, redis, log, onBlocked }: Parts): AddressBlocks {
  const local = new MemoryBlocks();
  const shared = redis ? new RedisBlocks(redis) : null;
  const ask = async <T>(question: (store: BlockStore) => Promise<T>): Promise<T> => {
    // Whether it is away the limits' windows find out and say: each call asks them, too.
    if (!shared || windows.place() !== 'redis') return question(local);
    try {
      return await question(shared);
    } catch {
      return question(local);
    }
  };
  const refusals = (network: string) => `REFUSED:${network}`;
  const put = async (network: string, kept: Kept) => {
    await ask((store) => store.set(network, kept));
    return { network, ...kept };
  };
  return {
    async check(address) {
      const block = await ask((store) => store.get(networkOf(address)));
      if (!block) return;
      const seconds = Math.max(1, Math.ceil((block.until - Date.now()) / 1_000));
      const message = `Too many wrong credentials came from this address: it is blocked for another ${seconds} s. Calls with a valid credential are answered.`;
      throw new ServiceError('RATE_LIMITED', message, { tier: 'IP', blocked: true }, seconds);
    },
    async noteRefusal(address) {
      const network = networkOf(address);
      const after = config.IP_BLOCK_AFTER;
      const { current } = await windows.hit(refusals(network), config.IP_BLOCK_WINDOW_SECONDS * 1_000, after);
      if (current < after) return;
      const seconds = config.IP_BLOCK_SECONDS;
      await put(network, { until: Date.now() + seconds * 1_000, by: 'refusals', reason: null });
      log.warn({ network, seconds }, 'An address is blocked: too many wrong credentials came from it');
      onBlocked(address, seconds);
    },
    async list() {
      const found = await ask((store) => store.list());
      return found.sort((a, b) => b.until - a.until).slice(0, maxListed);
    },
    async block(address, { seconds = config.IP_BLOCK_SECONDS, reason }) {
      const network = networkOf(address);
      log.warn({ network, seconds }, 'An address is blocked by an operator');
      return put(network, { until: Date.now() + seconds * 1_000, by: 'operator', reason: reason ?? null });
    },
    async release(address) {
      const network = networkOf(address);
      await windows.forget(refusals(network));
      const wasBlocked = await ask((store) => store.remove(network));
      if (wasBlocked) log.warn({ network }, 'An address is no longer blocked: an operator released it');
      return wasBlocked;
    },
  };
}
