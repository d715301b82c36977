import { finding } from './finding.ts';
import { verdictOf } from './score.ts';
import type { ScanResult, Technique } from './types.ts';

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
