import { createHash } from 'node:crypto';
import type { FlagSplit, FlagTargeting } from '@stockade/contracts/identity';
import type { Caller } from '@stockade/messaging';
import { type FlagDefinition, hasVariant } from './flag.ts';

/** Who asks: a tenant, and the person behind the call if there is one. A job asks for its tenant alone. */
export interface Who {
  readonly tenantId: string;
  readonly userId: string | null;
}

/** Behind an API key stands the person who made it. */
export const whoCalls = ({ tenantId, personId }: Caller): Who => ({ tenantId, userId: personId });

/** All that is stored of a flag and concerns one tenant. */
export interface FlagRules {
  /** What everybody gets, whatever else is said. */
  readonly pinned: string | null;
  /** The operator's for this tenant. */
  readonly byOperator: FlagTargeting | null;
  /** The tenant's own. */
  readonly byTenant: FlagTargeting | null;
  /** The operator's for all. */
  readonly rollout: FlagTargeting | null;
}

export const noRules: FlagRules = { pinned: null, byOperator: null, byTenant: null, rollout: null };

export interface Decision {
  readonly variant: string;
  /** OpenFeature's. */
  readonly reason: 'STATIC' | 'TARGETING_MATCH' | 'SPLIT' | 'DEFAULT';
  readonly decidedBy: 'platform' | 'operator' | 'tenant' | 'rollout' | 'default';
}

/**
 * Where among 100 somebody stands with a flag, from the first 48 bits of a SHA-256: in every process and for ever the same, and
 * with each flag elsewhere, so that not the same ones are always the first.
 */
export function placeOf(key: string, id: string): number {
  const digest = createHash('sha256').update(`${key}\n${id}`).digest();
  return (digest.readUIntBE(0, 6) / 2 ** 48) * 100;
}

/** Whose share it falls into. A share that grows keeps those whom it had; only who comes after it moves on. */
function shareOf(key: string, { by, shares }: FlagSplit, { tenantId, userId }: Who): string | null {
  const place = placeOf(key, by === 'user' ? (userId ?? tenantId) : tenantId);
  let end = 0;
  for (const { variant, percent } of shares) {
    end += percent;
    if (place < end) return variant;
  }
  return null;
}

type Match = Pick<Decision, 'variant' | 'reason'>;

function match(key: string, { users, split, variant }: FlagTargeting, who: Who): Match | null {
  const named = users.find(({ userId }) => userId === who.userId);
  if (named) return { variant: named.variant, reason: 'TARGETING_MATCH' };
  const share = split && shareOf(key, split, who);
  if (share !== null) return { variant: share, reason: 'SPLIT' };
  return variant === null ? null : { variant, reason: 'TARGETING_MATCH' };
}

/**
 * Which variant of a flag somebody gets: the first rule that says something, from the operator's for everybody to the code's
 * default. A variant that this version of the code does not know (one is being rolled out) says nothing.
 */
export function decide(key: string, flag: FlagDefinition, rules: FlagRules, who: Who): Decision {
  const known = (found: Match | null): found is Match => found !== null && hasVariant(flag, found.variant);
  if (rules.pinned !== null && hasVariant(flag, rules.pinned))
    return { variant: rules.pinned, reason: 'STATIC', decidedBy: 'platform' };
  for (const [decidedBy, targeting] of [
    ['operator', rules.byOperator],
    ['tenant', flag.tenantMayChange ? rules.byTenant : null],
    ['rollout', rules.rollout],
  ] as const) {
    const found = targeting && match(key, targeting, who);
    if (!known(found)) continue;
    // For all alike: nobody was looked at.
    const forAll = decidedBy === 'rollout' && found.reason === 'TARGETING_MATCH';
    return { variant: found.variant, reason: forAll ? 'STATIC' : found.reason, decidedBy };
  }
  return { variant: flag.defaultVariant, reason: 'DEFAULT', decidedBy: 'default' };
}
