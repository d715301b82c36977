import type { Finding, Severity } from './types.ts';

/** The score from which on a finding counts as that severe. */
const severities: [number, Severity][] = [
  [70, 'critical'],
  [45, 'high'],
  [20, 'medium'],
  [1, 'low'],
  [0, 'info'],
];

/** A finding; its score (0–100, how sure it alone makes us) decides its severity. */
export function finding(
  technique: string,
  score: number,
  explanation: string,
  evidence: Record<string, unknown> = {},
): Finding {
  const severity = severities.find(([from]) => score >= from)?.[1] ?? 'info';
  return { technique, severity, score, explanation, evidence };
}
