import type { CheckContext, Finding } from '../../types.ts';
import { type LinkFact, linkFacts } from './facts.ts';

/** The strongest finding of each technique, over the links' targets: ten bad links are not ten signs. */
export function strongestOver(
  context: CheckContext,
  judge: (fact: LinkFact) => Finding | null,
  facts: readonly LinkFact[] = linkFacts(context).targets,
): Finding[] {
  const strongest = new Map<string, Finding>();
  for (const fact of facts) {
    const found = judge(fact);
    if (found && found.score > (strongest.get(found.technique)?.score ?? -1))
      strongest.set(found.technique, found);
  }
  return [...strongest.values()];
}
