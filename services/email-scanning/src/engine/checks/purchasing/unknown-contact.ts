import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { topicsOf } from '../../money/topics.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check } from '../../types.ts';

/** The domain is the supplier's, the address nobody's that is known. Common, so it weighs little. */
export const unknownContact: Check = {
  id: 'unknown-supplier-contact',
  techniques: [
    {
      id: 'unknown-supplier-contact',
      title: 'Unknown address at a supplier',
      description:
        'The mail comes from a supplier’s domain, but from an address that is none of its contacts and from which no mail came before.',
      maxScore: 10,
    },
  ],
  run(context) {
    const { sender, message, knowledge } = context;
    const { supplier } = sender;
    if (!supplier || !message.from || supplier.contacts.length === 0) return [];
    if (compiledTenant(knowledge.tenant).contactAt(message.from.address)) return [];
    const { history } = knowledge.message;
    if (history === null || history.fromAddressSeen > 0) return [];
    const topics = topicsOf(context);
    const score = topics.has('payment') && topics.has('urgency') ? 10 : 5;
    const shown = defang(message.from.address);
    const explanation = `${shown} is no known contact of ${supplier.name}, and has not written before.`;
    return [
      finding('unknown-supplier-contact', score, explanation, { address: shown, supplier: supplier.name }),
    ];
  },
};
