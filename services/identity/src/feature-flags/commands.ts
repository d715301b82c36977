import { featureFlagChanged } from '@stockade/contracts';
import type { FlagTargeting } from '@stockade/contracts/identity';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import type { IdentityDb } from '../tables.ts';
import { findTenant } from '../tenants/queries.ts';
import { getKnown, type Known } from './catalogue.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';

type IdentityWork = Work<IdentityDb>;

interface RuleChange {
  side: 'by_operator' | 'by_tenant';
  targeting: FlagTargeting | null;
  action: string;
}

/** Stores a tenant's row, when what is said of it makes sense, and tells of it. */
async function store(
  work: IdentityWork,
  { key, flag }: Known,
  row: queries.TenantRow,
  { side, targeting, action }: RuleChange,
): Promise<queries.TenantRow> {
  rules.checkTargeting(flag, targeting);
  rules.checkOwnSplit(targeting);
  // Who was named before may be gone by now: that is no reason to refuse another change.
  const before = row[side]?.users ?? [];
  const ids = (targeting?.users ?? []).map(({ userId }) => userId);
  const known = await queries.findUserIds(work.trx, ids);
  rules.checkUsers(targeting, known.union(new Set(before.map(({ userId }) => userId))));
  const after = await queries.updateTenantRow(work.trx, key, { ...row, [side]: targeting });
  work.emit(featureFlagChanged, {
    aggregateId: key,
    aggregateVersion: after.version,
    payload: {
      ...{ flagKey: key, scope: 'tenant', pinned: null },
      ...{ byOperator: after.by_operator, byTenant: after.by_tenant },
    },
  });
  work.audit({
    action: `identity.feature-flag.${action}`,
    target: { type: 'feature-flag', id: key },
    changes: changed(row, after, ['by_operator', 'by_tenant']),
  });
  return after;
}

/** The tenant's own rule where there is none yet. */
export async function createRule(
  work: IdentityWork,
  { key, ...targeting }: rules.TargetingChanges & { key: string },
): Promise<queries.TenantRow> {
  const known = getKnown(key);
  rules.checkTenantMay(known);
  const before = await queries.lockTenantRow(work.trx, work.tenantId, key);
  if (before.by_tenant) throw errors.conflict(`Your tenant has a rule for ${key} already: change that one.`);
  const by_tenant = rules.changedTargeting(null, targeting);
  if (!by_tenant)
    throw errors.validation([
      { path: '/variant', message: 'is required where neither split nor users is given' },
    ]);
  return store(work, known, before, { side: 'by_tenant', targeting: by_tenant, action: 'create' });
}

interface ChangeInput {
  key: string;
  ifMatch: number | null;
}

export async function changeRule(
  work: IdentityWork,
  { key, ifMatch, targeting }: ChangeInput & { targeting: rules.TargetingChanges },
): Promise<queries.TenantRow> {
  const known = getKnown(key);
  rules.checkTenantMay(known);
  const before = await queries.lockTenantRow(work.trx, work.tenantId, key);
  checkVersion(before.version, ifMatch);
  const after = rules.changedTargeting(before.by_tenant, targeting);
  return store(work, known, before, { side: 'by_tenant', targeting: after, action: 'update' });
}

/** Taking away what is not there is no mistake, and no change. */
export async function removeRule(work: IdentityWork, { key, ifMatch }: ChangeInput): Promise<void> {
  const known = getKnown(key);
  rules.checkTenantMay(known);
  const before = await queries.lockTenantRow(work.trx, work.tenantId, key);
  checkVersion(before.version, ifMatch);
  if (before.by_tenant)
    await store(work, known, before, { side: 'by_tenant', targeting: null, action: 'delete' });
}

async function lockForOperator(work: IdentityWork, { key, ifMatch }: ChangeInput) {
  const known = getKnown(key);
  if (!(await findTenant(work.trx))) throw errors.notFound('Tenant', work.tenantId);
  const before = await queries.lockTenantRow(work.trx, work.tenantId, key);
  checkVersion(before.version, ifMatch);
  return { known, before };
}

/** The operator's decision for the transaction's tenant, as a whole. */
export async function setOverride(
  work: IdentityWork,
  { targeting, ...input }: ChangeInput & { targeting: rules.TargetingChanges },
): Promise<queries.TenantRow> {
  const by_operator = rules.changedTargeting(null, targeting);
  if (!by_operator)
    throw errors.validation([{ path: '', message: 'says nothing: delete the decision instead' }]);
  const { known, before } = await lockForOperator(work, input);
  return store(work, known, before, { side: 'by_operator', targeting: by_operator, action: 'override' });
}

export async function removeOverride(work: IdentityWork, input: ChangeInput): Promise<void> {
  const { known, before } = await lockForOperator(work, input);
  if (before.by_operator)
    await store(work, known, before, { side: 'by_operator', targeting: null, action: 'end-override' });
}

type RolloutChanges = Pick<rules.TargetingChanges, 'variant' | 'split'> & { pinned?: string | null };

/** The rollout of a flag; in the platform's name, as it is of no tenant. */
export async function changeRollout(
  work: IdentityWork,
  { key, ifMatch, changes: { pinned, ...targeting } }: ChangeInput & { changes: RolloutChanges },
): Promise<queries.PlatformRow> {
  const { flag } = getKnown(key);
  const before = await queries.lockPlatformRow(work.trx, key);
  checkVersion(before.version, ifMatch);
  const by_operator = rules.changedTargeting(before.by_operator, targeting);
  rules.checkVariant(flag, pinned ?? null, '/pinned');
  rules.checkTargeting(flag, by_operator);
  const after = await queries.updatePlatformRow(work.trx, key, {
    by_operator,
    pinned: pinned === undefined ? before.pinned : pinned,
  });
  work.emit(featureFlagChanged, {
    aggregateId: key,
    aggregateVersion: after.version,
    payload: {
      ...{ flagKey: key, scope: 'platform', pinned: after.pinned },
      ...{ byOperator: after.by_operator, byTenant: null },
    },
  });
  work.audit({
    action: 'identity.feature-flag.roll-out',
    target: { type: 'feature-flag', id: key },
    changes: changed(before, after, ['pinned', 'by_operator']),
  });
  return after;
}
