import { finding } from '../../finding.ts';
import { topicsOf } from '../../money/topics.ts';
import { concernOf } from '../../related.ts';
import type { Check } from '../../types.ts';

/** Payment is to go a way on which nobody gets it back. */
export const paymentMethod: Check = {
  id: 'payment-method',
  techniques: [
    {
      id: 'irrevocable-payment',
      title: 'Payment that cannot be called back',
      description:
        'A mail about a supplier’s money asks for payment by cryptocurrency, gift cards or money transfer services. No supplier of companies does.',
      maxScore: 77,
    },
    {
      id: 'private-payment',
      title: 'Payment as among private people',
      description:
        'A mail about a supplier’s money asks for payment by PayPal, Revolut and the like instead of to the account.',
      maxScore: 40,
    },
  ],
  run(context) {
    const { supplier, tie, orders } = concernOf(context);
    if (!supplier || context.sender.own) return [];
    const topics = topicsOf(context);
    if (!topics.has('payment')) return [];
    const evidence = { supplier: supplier.name };
    if (topics.has('irrevocable')) {
      // Advertising speaks of gift cards and pays with them; it names no invoice.
      const owed = orders.length > 0 || (topics.has('invoice') && !context.message.list);
      const weak = tie === 'mention' || tie === 'account';
      const score = owed ? (weak ? 40 : 77) : 15;
      const explanation = `The mail is about money for ${supplier.name} and speaks of cryptocurrency, gift cards or money transfer services: such payments cannot be called back.`;
      return [finding('irrevocable-payment', score, explanation, evidence)];
    }
    if (!topics.has('privately')) return [];
    const pressed = topics.has('instead') || topics.has('urgency');
    const score = tie === 'sender' ? (topics.has('instead') ? 40 : 5) : pressed ? 40 : 15;
    const explanation = `The mail is about money for ${supplier.name} and wants it sent as among private people, not to the account.`;
    return [finding('private-payment', score, explanation, evidence)];
  },
};
