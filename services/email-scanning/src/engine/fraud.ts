import { purchasingChecks } from './checks/purchasing/index.ts';
import type { Finding, Fraud, ScanResult, Verdict } from './types.ts';

/** Of purchasing's techniques those that tell something of a mail, but not that somebody is after a payment. */
const noFraud = new Set(['known-order', 'stated-own-account', 'unknown-supplier-contact', 'order-not-open']);

/** What tries to redirect or fake a payment: with one of these in a malicious mail, payments are held. */
const paymentFraud = new Set(
  purchasingChecks
    .flatMap(({ techniques }) => techniques.map(({ id }) => id))
    .filter((id) => !noFraud.has(id)),
);

/** What payments are to be held for; null when the mail is not malicious, is not after a payment, or concerns nothing of ours. */
export function fraudOf(
  findings: readonly Finding[],
  related: ScanResult['related'],
  verdict: Verdict,
): Fraud | null {
  if (verdict !== 'malicious') return null;
  const concernsUs = related.supplierId !== null || related.purchaseOrderIds.length > 0;
  // Findings come strongest first.
  const strongest = findings.find(({ technique, score }) => score > 0 && paymentFraud.has(technique));
  return strongest && concernsUs ? { ...related, reason: strongest.explanation } : null;
}
