import { compiledTenant } from './suppliers/compile.ts';
import type { CheckContext } from './types.ts';

/** The classifier's log odds for mail whose wording tells nothing. */
export const harmlessOdds = -8;

/** Whether a sender is really one of ours or of a supplier's, as far as anybody looked. Our own name is taken more often, so it has to be proven. */
export function isGenuine({ sender, knowledge }: CheckContext): boolean {
  const { authentication, history } = knowledge.message;
  if (authentication?.dmarc === 'fail' || authentication?.spf === 'fail') return false;
  if (sender.own) return authentication?.dmarc === 'pass' || (history?.fromAddressSeen ?? 0) > 0;
  return sender.supplier !== null;
}

/**
 * Whether a mail is from a supplier of the tenant's or a colleague, and leads nowhere but to them. Such a mail can do harm only by
 * what it says of money, and that is compared with what is known: that it reads like a dunning letter tells nothing.
 */
export function isOrdinaryBusiness(context: CheckContext): boolean {
  const { sender, knowledge, references, message } = context;
  if (!isGenuine(context) || (message.html?.forms.length ?? 0) > 0) return false;
  const known = compiledTenant(knowledge.tenant);
  return references.hosts.every(
    (host) => known.isOwn(host) || (sender.supplier !== null && known.ownerOf(host) === sender.supplier),
  );
}
