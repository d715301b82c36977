import { defang } from '../../defang.ts';
import { domainOf } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check } from '../../types.ts';

/** The mail says it is from the organisation itself, and is not. */
export const ownDomainSpoofed: Check = {
  id: 'own-domain-spoofed',
  techniques: [
    {
      id: 'own-domain-spoofed',
      title: 'Own domain forged',
      description:
        'The From address is at one of the organisation’s own domains, but authentication fails, or nothing confirms it and the mail came in under somebody else’s envelope address.',
      maxScore: 70,
    },
  ],
  run({ sender, message, envelope, knowledge }) {
    if (!sender.own || !sender.domain) return [];
    const { authentication } = knowledge.message;
    if (authentication?.aligned) return [];
    const failed =
      authentication?.dmarc === 'fail' || (authentication?.spf === 'fail' && authentication.dkim !== 'pass');
    const { isOwn } = compiledTenant(knowledge.tenant);
    const from = domainOf(envelope.from ?? message.returnPath ?? undefined);
    const foreign = from !== null && !isOwn(from);
    if (!failed && !(foreign && !message.list)) return [];
    const score = failed ? 70 : 30;
    const explanation = failed
      ? `The mail says it is from ${defang(sender.domain)}, your own domain, but it fails authentication: somebody else sent it.`
      : `The mail says it is from ${defang(sender.domain)}, your own domain, but it was sent from ${defang(from ?? '')}.`;
    return [
      finding('own-domain-spoofed', score, explanation, {
        senderDomain: defang(sender.domain),
        envelope: defang(from ?? ''),
      }),
    ];
  },
};
