import { Type } from 'typebox';
import { services } from '../principal.ts';
import { Nullable, OneOf, Strict, Timestamp } from '../scalars.ts';

const Status = OneOf(['ok', 'degraded', 'down'] as const);
const Check = Type.Object({ status: Status, details: Type.Optional(Type.Unknown()) });

/** How Stockade is, part by part. */
export const DetailedHealth = Type.Object({
  status: Status,
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  version: Type.String(),
  uptimeSeconds: Type.Integer(),
  checks: Type.Record(Type.String(), Check),
});

export const Breaker = Type.Object({
  service: OneOf(services),
  state: OneOf(['closed', 'half-open', 'open'] as const),
  failures: Type.Integer({ minimum: 0, description: 'In a row' }),
  openedAt: Nullable(Timestamp),
  retryAfterSeconds: Nullable(Type.Integer({ minimum: 1 })),
});

export const BreakerList = Type.Object({ data: Type.Array(Breaker) });

export const BreakerParams = Type.Object({ service: OneOf(services) });

export const limitTiers = ['AUTH', 'READ', 'WRITE', 'SENSITIVE', 'KEY', 'MAIL', 'IP', 'TENANT'] as const;

const limitKey = {
  tier: OneOf(limitTiers),
  key: Type.String({
    minLength: 1,
    maxLength: 400,
    description:
      "Whom it is counted for: an address, a user's or API key's id, a tenant's id; with AUTH an address, a blank and an account",
  }),
};

/** Who has used how much of a limit. */
export const RateLimitList = Type.Object({
  countedIn: OneOf(['memory', 'redis', 'memory, Redis is away'] as const),
  data: Type.Array(
    Type.Object({
      ...limitKey,
      limit: Type.Integer({ description: "Without the factor of a tenant's plan" }),
      used: Type.Integer(),
      resetSeconds: Type.Integer({ description: 'Until a place becomes free' }),
    }),
  ),
});

export const ResetRateLimit = Strict(limitKey);

const Address = Type.String({
  minLength: 2,
  maxLength: 60,
  description: 'IPv4, IPv6, or the /64 of an IPv6',
});

export const AddressBlock = Type.Object({
  network: Type.String({ description: 'An address; of IPv6 its /64' }),
  until: Timestamp,
  by: OneOf(['refusals', 'operator'] as const),
  reason: Nullable(Type.String()),
});
export const AddressBlockList = Type.Object({ data: Type.Array(AddressBlock) });
export const BlockAddress = Strict({
  address: Address,
  seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000 })),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});
export const AddressParams = Type.Object({ address: Address });
