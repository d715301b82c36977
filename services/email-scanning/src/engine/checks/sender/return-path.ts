import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { mailServices } from '../../senders/services.ts';
import type { Check } from '../../types.ts';

/** Who sent it in fact (the envelope) is at another domain than who it says wrote it. Common; of use only beside other signs. */
export const returnPath: Check = {
  id: 'return-path-mismatch',
  techniques: [
    {
      id: 'return-path-mismatch',
      title: 'Sent from elsewhere',
      description:
        'Reports of failed delivery go to another domain than the sender’s. Services that send for others do so too: a weak sign.',
      maxScore: 6,
    },
  ],
  run({ message, sender, envelope, knowledge }) {
    const from = registrable(domainOf(envelope.from || (message.returnPath ?? undefined)));
    if (!from || !sender.registrable || from === sender.registrable || message.list) return [];
    const confirmed = knowledge.message.authentication?.aligned === true;
    if (confirmed || mailServices.has(from)) return [];
    const explanation = `The mail says it is from ${defang(sender.registrable)}, but it was sent from ${defang(from)}.`;
    return [
      finding('return-path-mismatch', 6, explanation, {
        envelope: defang(from),
        from: defang(sender.registrable),
      }),
    ];
  },
};
