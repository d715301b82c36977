import { classifierTechnique, explain, noOpinion, opinionOn } from './classifier/opinion.ts';
import { shippedModel } from './classifier/shipped.ts';
import { fraudOf } from './fraud.ts';
import { contextOf, findingsOf, scoreFor } from './judging.ts';
import { limits } from './limits.ts';
import { harmlessOdds, isOrdinaryBusiness } from './ordinary-business.ts';
import { relatedTo } from './related.ts';
import { verdictOf } from './score.ts';
import type { Envelope, ParsedMessage, ScanKnowledge, ScanResult } from './types.ts';

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
