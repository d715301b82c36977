import { checks } from './checks/index.ts';
import { finding } from './finding.ts';
import { senderOf } from './identity.ts';
import { limits } from './limits.ts';
import { read } from './reading.ts';
import { references } from './references.ts';
import { relatedTo } from './related.ts';
import type { Envelope, Finding, Fraud, ParsedMessage, ScanKnowledge, ScanResult, Verdict } from './types.ts';

export const suspiciousFrom = 40;
export const maliciousFrom = 75;

/** What tries to redirect or fake a payment: with one of these in a malicious mail, payments are held. */
const paymentFraud = new Set([
  'lookalike-domain',
  'supplier-name-from-foreign-domain',
  'changed-bank-account',
  'unverified-bank-account',
  'bank-change-request',
  'order-of-another-supplier',
]);

/**
 * The findings' scores as one: 100·(1 − Π(1 − sᵢ/100)), the chance that at least one of independent signs is right
 * ("noisy or"). It never falls when a finding is added, and no number of weak ones makes certainty. Of one technique only
 * the strongest counts: ten bad links are not ten signs.
 */
export function combine(findings: readonly Finding[]): number {
  const strongest = new Map<string, number>();
  for (const { technique, score } of findings)
    strongest.set(technique, Math.max(score, strongest.get(technique) ?? 0));
  let clean = 1;
  for (const score of strongest.values()) clean *= 1 - score / 100;
  return Math.round(100 * (1 - clean));
}

export function verdictOf(score: number): Verdict {
  if (score >= maliciousFrom) return 'malicious';
  return score >= suspiciousFrom ? 'suspicious' : 'clean';
}

function fraudOf(
  findings: readonly Finding[],
  related: ScanResult['related'],
  verdict: Verdict,
): Fraud | null {
  const [strongest] = findings.filter(({ technique }) => paymentFraud.has(technique));
  const concernsUs = related.supplierId !== null || related.purchaseOrderIds.length > 0;
  if (verdict !== 'malicious' || !strongest || !concernsUs) return null;
  return { ...related, reason: strongest.explanation };
}

/** Judges a message by what the tenant knows. Pure: the same input gives the same result. */
export function scan(message: ParsedMessage, knowledge: ScanKnowledge, envelope: Envelope = {}): ScanResult {
  const reading = read(message);
  const context = {
    message,
    knowledge,
    envelope,
    reading,
    references: references(message, reading),
    sender: senderOf(message, knowledge),
  };
  const findings = checks
    .flatMap((check) => check.run(context))
    .sort((a, b) => b.score - a.score)
    .slice(0, limits.findings);
  const score = combine(findings);
  const verdict = verdictOf(score);
  const related = relatedTo(context);
  return { verdict, score, findings, related, fraud: fraudOf(findings, related, verdict) };
}

/** The result for a message on which the scanner failed: a person has to look at it. */
export function unscannable(reason: string): ScanResult {
  const found = finding(
    'scan-incomplete',
    50,
    `The mail could not be examined (${reason}): look at it with care.`,
  );
  return {
    verdict: verdictOf(found.score),
    score: found.score,
    findings: [found],
    related: { supplierId: null, purchaseOrderIds: [] },
    fraud: null,
  };
}
