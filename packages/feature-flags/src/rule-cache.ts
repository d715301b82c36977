import { setTimeout as delay } from 'node:timers/promises';
import type { TenantRules } from './read-rules.ts';

/** `stale`: the store cannot be asked, and old rules are gone by; `down`: there are none left that are young enough. */
export type StoreState = 'ready' | 'stale' | 'down';

export interface RuleCacheOptions {
  read(tenantId: string): Promise<TenantRules>;
  onState?(state: StoreState, reason: string): void;
  /** For so long rules are gone by without a look at the store. */
  freshMs?: number;
  /** For so long they are gone by when the store cannot be asked. */
  staleMs?: number;
  /** Nobody waits longer for the store. */
  timeoutMs?: number;
  /** After a failure the store is left alone for so long. */
  pauseMs?: number;
  /** Tenants whose rules are kept; those that were asked for longest ago go first. */
  maxTenants?: number;
}

interface Kept {
  rules: TenantRules;
  readAt: number;
}

/** Keeps tenants' rules for seconds, and the last known ones for minutes while the store cannot be asked. */
export class RuleCache {
  readonly #options: Required<Omit<RuleCacheOptions, 'onState'>> & Pick<RuleCacheOptions, 'onState'>;
  readonly #kept = new Map<string, Kept>();
  readonly #reading = new Map<string, Promise<TenantRules>>();
  #state: StoreState = 'ready';
  #pausedUntil = 0;
  #lastReadAt = 0;

  constructor(options: RuleCacheOptions) {
    this.#options = {
      ...{ freshMs: 2_000, staleMs: 300_000, timeoutMs: 2_000, pauseMs: 1_000, maxTenants: 1_000 },
      ...options,
    };
  }

  /** Throws when the store cannot be asked and nothing young enough is known. */
  async rulesOf(tenantId: string): Promise<{ rules: TenantRules; stale: boolean }> {
    const { freshMs, staleMs } = this.#options;
    const kept = this.#kept.get(tenantId);
    if (kept && performance.now() - kept.readAt < freshMs) return { rules: kept.rules, stale: false };
    try {
      return { rules: await this.#read(tenantId), stale: false };
    } catch (error) {
      if (kept && performance.now() - kept.readAt < staleMs) return { rules: kept.rules, stale: true };
      this.#kept.delete(tenantId);
      throw error;
    }
  }

  /** One look at a time for each tenant; while the store is left alone, none. */
  async #read(tenantId: string): Promise<TenantRules> {
    const { read, timeoutMs, pauseMs, staleMs } = this.#options;
    if (performance.now() < this.#pausedUntil) throw new Error('The store of flags failed a moment ago');
    let reading = this.#reading.get(tenantId);
    if (!reading) {
      reading = read(tenantId).finally(() => this.#reading.delete(tenantId));
      // Who waited may have given up before it fails.
      reading.catch(() => {});
      this.#reading.set(tenantId, reading);
    }
    try {
      const rules = await within(reading, timeoutMs);
      this.#lastReadAt = performance.now();
      this.#pausedUntil = 0;
      this.#keep(tenantId, rules);
      this.#become('ready', 'The store of flags answers');
      return rules;
    } catch (error) {
      this.#pausedUntil = performance.now() + pauseMs;
      const isOver = this.#lastReadAt === 0 || performance.now() - this.#lastReadAt >= staleMs;
      this.#become(isOver ? 'down' : 'stale', (error as Error).message);
      throw error;
    }
  }

  #keep(tenantId: string, rules: TenantRules): void {
    this.#kept.delete(tenantId);
    this.#kept.set(tenantId, { rules, readAt: performance.now() });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#options.maxTenants) break;
      this.#kept.delete(oldest);
    }
  }

  #become(state: StoreState, reason: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state, reason);
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const done = new AbortController();
  const late = delay(ms, undefined, { signal: done.signal }).then(() => {
    throw new Error(`The store of flags did not answer within ${ms} ms`);
  });
  late.catch(() => {});
  return Promise.race([work, late]).finally(() => done.abort());
}
