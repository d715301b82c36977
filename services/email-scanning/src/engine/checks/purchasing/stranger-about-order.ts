import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { topicsOf } from '../../money/topics.ts';
import { concernOf } from '../../related.ts';
import type { Check } from '../../types.ts';

/** Somebody who is no supplier asks to be paid for an order. Carriers write about orders too, so without money it is nothing. */
export const strangerAboutOrder: Check = {
  id: 'stranger-about-order',
  techniques: [
    {
      id: 'stranger-invoices-order',
      title: 'Invoice for an order from a stranger',
      description:
        'The mail asks for payment for a purchase order that exists, from a domain that is neither the supplier’s nor the tenant’s.',
      maxScore: 38,
    },
  ],
  run(context) {
    const { sender } = context;
    const { supplier, tie, orders } = concernOf(context);
    if (tie !== 'order' || !supplier || sender.own || !sender.domain) return [];
    const topics = topicsOf(context);
    if (!topics.has('payment')) return [];
    const score = topics.has('invoice') || topics.has('urgency') ? 38 : 25;
    const numbers = orders.map(({ number }) => number).join(', ');
    const explanation = `The mail asks for money for the order ${numbers} of ${supplier.name}, but comes from ${defang(sender.domain)}, which is not the supplier’s.`;
    return [
      finding('stranger-invoices-order', score, explanation, {
        senderDomain: defang(sender.domain),
        supplier: supplier.name,
      }),
    ];
  },
};
