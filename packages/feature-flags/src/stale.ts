import type { FlagTargeting, StaleReason } from '@stockade/contracts/identity';
import type { FlagDefinition } from './flag.ts';

/** What is known of a flag's life. Times are of the last change and of the last evaluation, whoever made it. */
export interface FlagLife {
  readonly changedAt: Date | null;
  readonly lastEvaluatedAt: Date | null;
  readonly pinned: string | null;
  readonly rollout: FlagTargeting | null;
  readonly rolloutChangedAt: Date | null;
  /** For how many tenants something else is said. */
  readonly tenants: number;
}

/** The one variant that everybody gets by the operator's word; null while anybody may get another. */
function forEverybody({ pinned, rollout, tenants }: FlagLife): string | null {
  if (pinned !== null) return pinned;
  if (tenants > 0 || rollout === null) return null;
  const shares = (rollout.split?.shares ?? []).filter(({ percent }) => percent > 0);
  if (shares.length === 0) return rollout.variant;
  const [first] = shares;
  const variants = new Set(shares.map(({ variant }) => variant));
  const total = shares.reduce((sum, { percent }) => sum + percent, 0);
  if (total < 100 && rollout.variant !== null) variants.add(rollout.variant);
  const covers = total >= 100 || rollout.variant !== null;
  return covers && variants.size === 1 ? (first?.variant ?? null) : null;
}

/**
 * Why a flag may be taken out of the code: nobody asked for it, nobody changed it, or everybody has got the same by the
 * operator's word, for so many days. One that is younger is never stale.
 */
export function staleReasonsOf(
  { since }: Pick<FlagDefinition, 'since'>,
  life: FlagLife,
  { now, days }: { now: Date; days: number },
): StaleReason[] {
  const came = new Date(`${since}T00:00:00Z`);
  const isLongAgo = (at: Date | null) => (at ?? came).getTime() <= now.getTime() - days * 86_400_000;
  if (!isLongAgo(came)) return [];
  const reasons: StaleReason[] = [];
  if (isLongAgo(life.lastEvaluatedAt)) reasons.push('not-evaluated');
  if (isLongAgo(life.changedAt)) reasons.push('not-changed');
  if (forEverybody(life) !== null && isLongAgo(life.rolloutChangedAt)) reasons.push('fully-rolled-out');
  return reasons;
}
