import { classifierTechnique, explain, noOpinion, opinionOn } from './classifier/opinion.ts';
import { shippedModel } from './classifier/shipped.ts';
import { finding } from './finding.ts';
import { fraudOf } from './fraud.ts';
import { contextOf, findingsOf, scoreFor } from './judging.ts';
import { limits } from './limits.ts';
import { harmlessOdds, isOrdinaryBusiness } from './ordinary-business.ts';
import { relatedTo } from './related.ts';
import { verdictOf } from './score.ts';
import type { Envelope, ParsedMessage, ScanKnowledge, ScanResult, Technique } from './types.ts';

export { contextOf };

/** Judges a message by what the tenant knows. Pure: the same input gives the same result. */
export function scan(message: ParsedMessage, knowledge: ScanKnowledge, envelope: Envelope = {}): ScanResult {
  const context = contextOf(message, knowledge, envelope);
  const { adaptation, policy } = knowledge.tenant;
  const found = findingsOf(context);
  const heard = policy.disabledTechniques.includes(classifierTechnique.id)
    ? noOpinion
    : opinionOn(shippedModel, message, context.reading, adaptation);
  // What the tenant's people taught counts all the same.
  const opinion = isOrdinaryBusiness(context)
    ? { ...heard, odds: Math.min(heard.odds, harmlessOdds) }
    : heard;
  const score = scoreFor(found, opinion, shippedModel);
  const verdict = verdictOf(score, policy);
  // What reads odd but is clean needs no explanation.
  if (verdict !== 'clean') found.push(...explain(shippedModel, opinion, context.reading));
  const related = relatedTo(context);
  const findings = found.sort((a, b) => b.score - a.score).slice(0, limits.findings);
  return { verdict, score, findings, related, fraud: fraudOf(findings, related, verdict) };
}

export const scanIncomplete: Technique = {
  id: 'scan-incomplete',
  title: 'Could not be examined',
  description:
    'The scanner took too long over the mail, or failed on it. It is never passed on as clean: a person has to look.',
  maxScore: 50,
};

/** The result for a message on which the scanner failed: a person has to look at it. */
export function unscannable(reason: string): ScanResult {
  const found = finding(
    scanIncomplete.id,
    scanIncomplete.maxScore,
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
