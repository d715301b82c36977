import type { Finding } from '@stockade/contracts/email-scanning';
import { errors } from '@stockade/service-kit';
import { defaultPolicy } from '../engine/knowledge.ts';
import type { Policy } from '../engine/types.ts';

export type Verdict = 'clean' | 'suspicious' | 'malicious';
export type Disposition = 'delivered' | 'quarantined' | 'released' | 'deleted';

/**
 * What is kept back. Unless the tenant wants it otherwise, a suspicious mail is delivered with its findings, for a person
 * to judge.
 */
export function dispositionOf(
  verdict: Verdict,
  { quarantineFrom }: Pick<Policy, 'quarantineFrom'> = defaultPolicy,
): Disposition {
  if (verdict === 'clean') return 'delivered';
  return verdict === 'malicious' || quarantineFrom === 'suspicious' ? 'quarantined' : 'delivered';
}

const allowedFrom = {
  quarantine: ['delivered', 'released'],
  release: ['quarantined'],
} as const;

/** Throws unless the message may be quarantined or released in the state that it is in. */
export function checkTransition(
  action: keyof typeof allowedFrom,
  id: string,
  disposition: Disposition | null,
): void {
  const allowed: readonly string[] = allowedFrom[action];
  if (disposition !== null && allowed.includes(disposition)) return;
  throw errors.invalidState({ what: `Message ${id}`, state: disposition ?? 'not scanned yet', allowed });
}

/** Recipients as `x-envelope-to` names them. */
export function splitRecipients(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .slice(0, 100);
}

/** What purchasing is told of a fraud: the strongest findings, as sentences. */
export function summarize(findings: readonly Finding[]): { technique: string; explanation: string }[] {
  return [...findings]
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map(({ technique, explanation }) => ({ technique, explanation }));
}
