import { certainTechniques } from './certain.ts';
import { checks } from './checks/index.ts';
import type { Model } from './classifier/model.ts';
import type { Opinion } from './classifier/opinion.ts';
import { senderOf } from './identity.ts';
import { listed } from './lists.ts';
import { read } from './reading.ts';
import { references } from './references.ts';
import { combine, scoreOfAll } from './score.ts';
import type { CheckContext, Envelope, Finding, ParsedMessage, ScanKnowledge } from './types.ts';

/** All that checks may look at. */
export function contextOf(
  message: ParsedMessage,
  knowledge: ScanKnowledge,
  envelope: Envelope = {},
): CheckContext {
  const reading = read(message);
  return {
    message,
    knowledge,
    envelope,
    reading,
    references: references(message, reading),
    sender: senderOf(message, knowledge),
  };
}

/** What the checks and the tenant's lists find, without what the tenant has turned off. */
export function findingsOf(context: CheckContext): Finding[] {
  const { disabledTechniques } = context.knowledge.tenant.policy;
  const found: Finding[] = [];
  for (const check of checks) for (const one of check.run(context)) found.push(one);
  found.push(...listed(context));
  return disabledTechniques.length === 0
    ? found
    : found.filter(({ technique }) => !disabledTechniques.includes(technique));
}

/** The score of 0–100 for what checks found and the classifier thinks. An allowed sender is cleared of all that is not certain. */
export function scoreFor(findings: readonly Finding[], opinion: Opinion, { stack }: Model): number {
  if (findings.some(({ technique }) => technique === 'on-allow-list'))
    return Math.round(combine(findings.filter(({ technique }) => certainTechniques.has(technique))));
  const { odds, taught } = opinion;
  return scoreOfAll({ findings, classifier: odds, taught, hard: certainTechniques, stack });
}
