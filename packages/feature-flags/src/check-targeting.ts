import type { FlagTargeting } from '@stockade/contracts/identity';
import { type FlagDefinition, hasVariant } from './flag.ts';

export interface TargetingProblem {
  /** A JSON pointer: `/split/shares/0/variant`. */
  path: string;
  message: string;
}

/** Percentages are added up as they come: a hair more than 100 is 100. */
const tolerance = 1e-9;

/** What is wrong with a rule for this flag: variants that it does not have, more than all, somebody named twice. */
export function targetingProblems(
  flag: FlagDefinition,
  { variant, split, users }: FlagTargeting,
): TargetingProblem[] {
  const named = [
    ...(variant === null ? [] : [{ path: '/variant', variant }]),
    ...(split?.shares ?? []).map((share, at) => ({
      path: `/split/shares/${at}/variant`,
      variant: share.variant,
    })),
    ...users.map((user, at) => ({ path: `/users/${at}/variant`, variant: user.variant })),
  ];
  const names = Object.keys(flag.variants).join(', ');
  const problems = named
    .filter((one) => !hasVariant(flag, one.variant))
    .map(({ path }) => ({ path, message: `is none of the flag's variants: ${names}` }));
  const total = (split?.shares ?? []).reduce((sum, { percent }) => sum + percent, 0);
  if (total > 100 + tolerance)
    problems.push({ path: '/split/shares', message: `are ${total} percent together` });
  const seen = new Set<string>();
  for (const [at, { userId }] of users.entries()) {
    if (seen.has(userId)) problems.push({ path: `/users/${at}/userId`, message: 'is named twice' });
    seen.add(userId);
  }
  return problems;
}
