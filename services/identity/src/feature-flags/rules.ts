import type { FlagTargeting } from '@stockade/contracts/identity';
import { type FlagDefinition, targetingProblems } from '@stockade/feature-flags';
import { errors, type FieldProblem } from '@stockade/service-kit';
import type { Known } from './catalogue.ts';

const nothing: FlagTargeting = { variant: null, split: null, users: [] };

export type TargetingChanges = Partial<FlagTargeting>;

/** The rule with what is named changed; null when it then says nothing. */
export function changedTargeting(
  before: FlagTargeting | null,
  { variant, split, users }: TargetingChanges,
): FlagTargeting | null {
  const after = { ...(before ?? nothing) };
  if (variant !== undefined) after.variant = variant;
  if (split !== undefined) after.split = split;
  if (users !== undefined) after.users = users;
  const saysNothing = after.variant === null && after.split === null && after.users.length === 0;
  return saysNothing ? null : after;
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw errors.validation(problems.slice(0, 20));
}

/** 400 unless the rule fits the flag. */
export function checkTargeting(flag: FlagDefinition, targeting: FlagTargeting | null): void {
  if (targeting) refuse(targetingProblems(flag, targeting));
}

export function checkVariant(flag: FlagDefinition, variant: string | null, path: string): void {
  const problems = targetingProblems(flag, { ...nothing, variant });
  refuse(problems.map(({ message }) => ({ path, message })));
}

/** Within one tenant a share of tenants would be all of it or nothing of it. */
export function checkOwnSplit(targeting: FlagTargeting | null): void {
  if (targeting?.split?.by === 'tenant')
    refuse([{ path: '/split/by', message: 'is the tenant you are: within it a split is by user' }]);
}

/** 400 for users whom the tenant does not have. */
export function checkUsers(targeting: FlagTargeting | null, known: ReadonlySet<string>): void {
  refuse(
    (targeting?.users ?? []).flatMap(({ userId }, at) =>
      known.has(userId) ? [] : [{ path: `/users/${at}/userId`, message: 'is no user of this tenant' }],
    ),
  );
}

export function checkTenantMay({ key, flag }: Known): void {
  if (!flag.tenantMayChange)
    throw errors.forbidden(`${key} is the platform operator's to decide: ask for it.`);
}
