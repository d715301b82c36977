import rateLimit from '@fastify/rate-limit';
import { ServiceError } from '@stockade/service-kit/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type GatewayConfig, type Tier, tiers } from '../config.ts';
import { limitStore, type Windows } from './store.ts';

interface Result {
  max: number;
  remaining: number;
  ttlInSeconds: number;
  isExceeded: boolean;
}
type Limiter = (request: FastifyRequest, options?: { increment: boolean }) => Promise<Result>;

export interface Limits {
  /** Counts a call. Throws a 429 when the limit is reached; else notes what the answer's headers tell. */
  count(
    tier: Tier,
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
    factor?: number,
  ): Promise<void>;
  /** Throws a 429 when the limit is reached, and counts nothing. */
  check(tier: Tier, key: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Counts without ever refusing. */
  note(tier: Tier, key: string, request: FastifyRequest): Promise<void>;
  /** Where calls are counted: with Redis away each gateway counts for itself. */
  place(): ReturnType<Windows['place']>;
  /** Who has used how much of which limit, the most exhausted first, at most 1,000. */
  list(): Promise<LimitUse[]>;
  /** Gives somebody the whole limit again. */
  reset(tier: Tier, key: string): Promise<void>;
}

export interface LimitUse {
  tier: Tier;
  /** Whom it is counted for: an address, a user's or API key's id, a tenant's id; with AUTH an address and an account. */
  key: string;
  /** Without the factor of a tenant's plan. */
  limit: number;
  used: number;
  /** Seconds until a place becomes free. */
  resetSeconds: number;
}

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits;
  }
  interface FastifyRequest {
    limitKey: string;
    limitFactor: number;
    /** The tightest limit that the call met: the answer's RateLimit headers tell of it. */
    tightestLimit: Result | null;
  }
}

function refuse(tier: Tier, found: Result, reply: FastifyReply): never {
  reply.header('retry-after', String(found.ttlInSeconds));
  const message = `Too many requests (${tier.toLowerCase()}): try again in ${found.ttlInSeconds} s.`;
  throw new ServiceError('RATE_LIMITED', message, { tier, limit: found.max }, found.ttlInSeconds);
}

function keepTightest(request: FastifyRequest, found: Result): void {
  const tightest = request.tightestLimit;
  if (!tightest || found.remaining / found.max < tightest.remaining / tightest.max)
    request.tightestLimit = found;
}

const maxListed = 1_000;
const askedAtOnce = 200;

async function listUses(config: GatewayConfig, windows: Windows): Promise<LimitUse[]> {
  const uses: LimitUse[] = [];
  const keys = await windows.keys();
  const use = async (name: string): Promise<LimitUse[]> => {
    const tier = tiers.find((one) => name.startsWith(`${one}:`));
    if (!tier) return [];
    const limit = config[`RATE_LIMIT_${tier}_MAX`];
    const { current, ttl } = await windows.look(name, windowMs(config, tier), limit);
    if (current === 0) return [];
    const key = name.slice(tier.length + 1);
    return [{ tier, key, limit, used: Math.min(current, limit), resetSeconds: Math.ceil(ttl / 1_000) }];
  };
  for (let from = 0; from < keys.length; from += askedAtOnce)
    uses.push(...(await Promise.all(keys.slice(from, from + askedAtOnce).map(use))).flat());
  return uses.sort((a, b) => b.used / b.limit - a.used / a.limit).slice(0, maxListed);
}

/**
 * What a tenant's plan buys more of. Not AUTH and SENSITIVE: they stand against guessing and abuse, which no plan makes
 * less dangerous; nor IP, which counts for nobody's tenant.
 */
const scaledByPlan: ReadonlySet<Tier> = new Set(['READ', 'WRITE', 'KEY', 'MAIL', 'TENANT']);

const windowMs = (config: GatewayConfig, tier: Tier) => config[`RATE_LIMIT_${tier}_WINDOW_SECONDS`] * 1_000;
const windowOf = (tier: Tier, key: string) => `${tier}:${key}`;

function createLimits(app: FastifyInstance, config: GatewayConfig, windows: Windows): Limits {
  const limiters = Object.fromEntries(
    tiers.map((tier) => {
      const max = config[`RATE_LIMIT_${tier}_MAX`];
      const limiter = app.createRateLimit({
        max: scaledByPlan.has(tier) ? (request) => Math.max(1, Math.floor(max * request.limitFactor)) : max,
        timeWindow: windowMs(config, tier),
        keyGenerator: (request) => windowOf(tier, request.limitKey),
      });
      return [tier, limiter as unknown as Limiter];
    }),
  ) as Record<Tier, Limiter>;
  const ask = (tier: Tier, key: string, request: FastifyRequest, factor: number, increment: boolean) => {
    request.limitKey = key;
    request.limitFactor = factor;
    return limiters[tier](request, { increment });
  };
  return {
    async count(tier, key, request, reply, factor = 1) {
      const found = await ask(tier, key, request, factor, true);
      keepTightest(request, found);
      if (found.isExceeded) refuse(tier, found, reply);
    },
    async check(tier, key, request, reply) {
      const found = await ask(tier, key, request, 1, false);
      if (found.isExceeded) {
        keepTightest(request, found);
        refuse(tier, found, reply);
      }
    },
    async note(tier, key, request) {
      keepTightest(request, await ask(tier, key, request, 1, true));
    },
    place: () => windows.place(),
    list: () => listUses(config, windows),
    reset: (tier, key) => windows.forget(windowOf(tier, key)),
  };
}

/** `app.limits`, and the RateLimit headers of every answer. */
export const limits = fp<{ config: GatewayConfig; windows: Windows }>(
  async (app, { config, windows }) => {
    app.decorateRequest('limitKey', '');
    app.decorateRequest('limitFactor', 1);
    app.decorateRequest('tightestLimit', null);
    await app.register(rateLimit, { global: false, store: limitStore(windows) as never });
    app.decorate('limits', createLimits(app, config, windows));
    app.addHook('onSend', (request, reply, payload, done) => {
      const found = request.tightestLimit ?? unlimited(config);
      reply.header('ratelimit-limit', String(found.max));
      reply.header('ratelimit-remaining', String(found.remaining));
      reply.header('ratelimit-reset', String(found.ttlInSeconds));
      done(null, payload);
    });
  },
  { name: 'limits' },
);

/** What an answer tells that counted against nothing, such as a health check's. */
const unlimited = ({ RATE_LIMIT_IP_MAX }: GatewayConfig): Result => ({
  max: RATE_LIMIT_IP_MAX,
  remaining: RATE_LIMIT_IP_MAX,
  ttlInSeconds: 0,
  isExceeded: false,
});
