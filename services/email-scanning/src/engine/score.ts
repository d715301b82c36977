import type { Stack } from './classifier/model.ts';
import type { Finding, Policy, Verdict } from './types.ts';

export const suspiciousFrom = 40;
export const maliciousFrom = 75;

/** Findings from here on say something by themselves, whatever the classifier thinks of the wording. */
const strongFrom = 20;
/** Below this the checks have found nothing that would let the classifier's word stand for malice. */
const somethingFrom = 20;
/** How many log odds below `suspicious` the score is 0, and above `malicious` 100. */
const span = 8;

/**
 * The findings' scores as one: 100·(1 − Π(1 − sᵢ/100)), the chance that at least one of independent signs is right
 * ("noisy or"). It never falls when a finding is added, and no number of weak ones makes certainty. Of one technique only
 * the strongest counts: ten bad links are not ten signs.
 */
export function combine(findings: readonly Pick<Finding, 'technique' | 'score'>[]): number {
  const strongest = new Map<string, number>();
  for (const { technique, score } of findings)
    if (score > (strongest.get(technique) ?? 0)) strongest.set(technique, score);
  let clean = 1;
  for (const score of strongest.values()) clean *= 1 - score / 100;
  return 100 * (1 - clean);
}

export function verdictOf(score: number, policy?: Pick<Policy, 'suspiciousFrom' | 'maliciousFrom'>): Verdict {
  if (score >= (policy?.maliciousFrom ?? maliciousFrom)) return 'malicious';
  return score >= (policy?.suspiciousFrom ?? suspiciousFrom) ? 'suspicious' : 'clean';
}

/** Log odds of a score of 0–100, kept away from certainty. */
export function oddsOf(score: number): number {
  const p = Math.min(0.99, Math.max(0.01, score / 100));
  return Math.log(p / (1 - p));
}

const scoreOf = (odds: number) => 100 / (1 + Math.exp(-odds));

/** A score of the checks as evidence that adds up: the negative logarithm of what is left of doubt. 0 is none, 99 is 4.6. */
export const evidenceOf = (score: number): number => -Math.log(1 - Math.min(score, 99) / 100);

/** Log odds of classifier and checks together. */
export function stackedOdds(stack: Stack, classifier: number, checks: number): number {
  return stack.classifier * classifier + stack.checks * evidenceOf(checks) + stack.intercept;
}

/** Log odds as a score: straight lines through 0, the two thresholds and 100. */
export function scaled({ suspicious, malicious }: Stack, odds: number): number {
  if (odds < suspicious) return Math.max(0, suspiciousFrom * (1 - (suspicious - odds) / span));
  if (odds < malicious)
    return (
      suspiciousFrom + ((maliciousFrom - suspiciousFrom) * (odds - suspicious)) / (malicious - suspicious)
    );
  return Math.min(100, maliciousFrom + ((100 - maliciousFrom) * (odds - malicious)) / span);
}

export interface Evidence {
  /** What the checks found; the classifier's own finding is not among them. */
  findings: readonly Finding[];
  /** The classifier's log odds. */
  classifier: number;
  /** What the tenant's people taught, in log odds. */
  taught: number;
  /** Techniques that no lesson may weaken. */
  hard: ReadonlySet<string>;
  stack: Stack;
}

/** Lessons that say "clean" as clearly as they can bring any odds below suspicious, however sure the classifier was. */
function taughtOdds({ suspicious }: Stack, odds: number, taught: number): number {
  return Math.min(odds + taught, suspicious + 12 + 4 * Math.min(taught, 0));
}

/** A lesson moves what rests on signs that are not certain. */
function moved(score: number, by: number): number {
  return score >= maliciousFrom || by >= 0 ? score : scoreOf(oddsOf(score) + by);
}

/**
 * One score of 0–100, the highest of three:
 * - strong findings alone (noisy or), which the classifier cannot weaken;
 * - classifier and all findings together, stacked: weak ones count only there. Without any sign of the checks it stays below
 *   malicious;
 * - findings that no lesson may weaken.
 * Each never falls when a finding is added.
 */
export function scoreOfAll({ findings, classifier, taught, hard, stack }: Evidence): number {
  const all = combine(findings);
  const strong = combine(findings.filter(({ score }) => score >= strongFrom));
  const certain = combine(
    findings.filter(({ technique, score }) => hard.has(technique) && score >= strongFrom),
  );
  const together = scaled(stack, taughtOdds(stack, stackedOdds(stack, classifier, all), taught));
  const bounded = all < somethingFrom ? Math.min(together, maliciousFrom - 1) : together;
  return Math.round(Math.max(certain, moved(strong, taught), bounded));
}
