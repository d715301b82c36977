import type { Stack } from '../src/engine/classifier/model.ts';
import { evidenceOf } from '../src/engine/score.ts';

/** A message of the training sets as a model saw it that had not learnt its campaign. */
export interface Judged {
  set: string;
  target: 0 | 1;
  weight: number;
  /** Log odds by the classifier. */
  classifier: number;
  /** 0–100 by the checks. */
  checks: number;
}

/** Honest mail that may be suspicious at most, by set: about two thirds of what is allowed, so that other mail has room. */
const falsePositives: Record<string, number> = { 'ham-old': 0.007, 'ham-modern-a': 0.002 };
const falseAlarms = 0.001;
const rounds = 4_000;
const rate = 0.5;
/** The checks count at least this much: the training sets are older than what they look for. */
const leastChecks = 2;

/** The value that at most the given share of the values exceeds. */
function above(values: number[], share: number): number {
  const sorted = values.sort((a, b) => b - a);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NEGATIVE_INFINITY;
}

/** Logistic regression over the two by gradient descent, no weight below its least; then the thresholds. */
export function fitStack(judged: readonly Judged[]): Stack {
  let [classifier, checks, intercept] = [1, 2, 0];
  const total = judged.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < rounds; round++) {
    let [gClassifier, gChecks, gIntercept] = [0, 0, 0];
    for (const one of judged) {
      const evidence = evidenceOf(one.checks);
      const p = 1 / (1 + Math.exp(-(classifier * one.classifier + checks * evidence + intercept)));
      const error = (one.weight * (p - one.target)) / total;
      gClassifier += error * one.classifier;
      gChecks += error * evidence;
      gIntercept += error;
    }
    classifier = Math.max(0.1, classifier - rate * gClassifier);
    checks = Math.max(leastChecks, checks - rate * gChecks);
    intercept -= rate * gIntercept;
  }
  const odds = (one: Judged) => classifier * one.classifier + checks * evidenceOf(one.checks) + intercept;
  const threshold = (share: (set: string) => number) => {
    const sets = new Set(judged.flatMap(({ set, target }) => (target === 0 ? [set] : [])));
    return Math.max(
      ...[...sets].map((set) => above(judged.filter((one) => one.set === set).map(odds), share(set))),
    );
  };
  const suspicious = threshold((set) => falsePositives[set] ?? 0) + 1e-3;
  const malicious =
    Math.max(
      threshold((set) => (set in falsePositives ? falseAlarms : 0)),
      suspicious + 2,
    ) + 1e-3;
  return { classifier, checks, intercept, suspicious, malicious };
}
