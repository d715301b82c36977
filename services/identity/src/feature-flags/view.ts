import type { FeatureFlag, PlatformFeatureFlag, TenantFlagOverride } from '@stockade/contracts/identity';
import { decide, staleReasonsOf, variantValue } from '@stockade/feature-flags';
import type { Caller } from '@stockade/messaging';
import { describe, type Known } from './catalogue.ts';
import type { PlatformRow, TenantRow, Usage } from './queries.ts';

interface Said {
  platform: PlatformRow | undefined;
  tenant: TenantRow | undefined;
}

/** A flag as a tenant's caller sees it, by what is committed now. */
export function toFeatureFlag(known: Known, { platform, tenant }: Said, caller: Caller): FeatureFlag {
  const rules = {
    pinned: platform?.pinned ?? null,
    rollout: platform?.by_operator ?? null,
    byOperator: tenant?.by_operator ?? null,
    byTenant: tenant?.by_tenant ?? null,
  };
  const decision = decide(known.key, known.flag, rules, {
    tenantId: caller.tenantId,
    userId: caller.personId,
  });
  return {
    ...describe(known),
    ...decision,
    value: variantValue(known.flag, decision.variant),
    ...(caller.scopes.includes('identity:read') ? { targeting: rules.byTenant } : {}),
    version: tenant?.version ?? 1,
    // The first version is the defaults: nobody set them.
    updatedAt: tenant && tenant.version > 1 ? tenant.updated_at.toISOString() : null,
  };
}

interface Life {
  row: PlatformRow | undefined;
  usage: Usage | undefined;
  now: Date;
  staleDays: number;
}

const later = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b));

export function toPlatformFlag(known: Known, { row, usage, now, staleDays }: Life): PlatformFeatureFlag {
  const rolloutChangedAt = row && row.version > 1 ? row.updated_at : null;
  const life = {
    changedAt: later(rolloutChangedAt, usage?.tenants_changed_at ?? null),
    lastEvaluatedAt: usage?.last_evaluated_at ?? null,
    pinned: row?.pinned ?? null,
    rollout: row?.by_operator ?? null,
    rolloutChangedAt,
    tenants: usage?.tenants ?? 0,
  };
  return {
    ...describe(known),
    pinned: life.pinned,
    variant: life.rollout?.variant ?? null,
    split: life.rollout?.split ?? null,
    tenants: life.tenants,
    evaluations: usage?.evaluations ?? 0,
    lastEvaluatedAt: life.lastEvaluatedAt?.toISOString() ?? null,
    stale: staleReasonsOf(known.flag, life, { now, days: staleDays }),
    version: row?.version ?? 1,
    updatedAt: rolloutChangedAt?.toISOString() ?? null,
  };
}

export const toOverride = ({
  tenant_id,
  by_operator,
  version,
  updated_at,
}: TenantRow): TenantFlagOverride => ({
  tenantId: tenant_id,
  targeting: by_operator as TenantFlagOverride['targeting'],
  version,
  updatedAt: updated_at.toISOString(),
});
