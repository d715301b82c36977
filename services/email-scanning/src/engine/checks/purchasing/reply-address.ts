import { freeMail } from '../../classifier/free-mail.ts';
import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { isAboutMoney, topicsOf } from '../../money/topics.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check, CheckContext } from '../../types.ts';

/** The first address to which answers go that is not the supplier's, a contact's, or our own. */
function foreignReplyTo({ message, sender, knowledge }: CheckContext): string | null {
  const known = compiledTenant(knowledge.tenant);
  for (const { address } of message.replyTo) {
    const domain = domainOf(address);
    if (!domain || registrable(domain) === sender.registrable || known.isOwn(domain)) continue;
    if (known.ownerOf(domain) === sender.supplier || known.contactAt(address) === sender.supplier) continue;
    return address;
  }
  return null;
}

/** The mail comes from a supplier's domain, but answers go to somebody else. */
export const replyAddress: Check = {
  id: 'supplier-reply-to',
  techniques: [
    {
      id: 'supplier-reply-to',
      title: 'Supplier’s mail, answers elsewhere',
      description:
        'From is a supplier’s address and Reply-To outside of its domains: at free mail, with talk of money, that is how a forged sender gets the answer. Ticket systems do it too, so elsewhere it weighs little.',
      maxScore: 76,
    },
  ],
  run(context) {
    const { supplier } = context.sender;
    if (!supplier || context.message.replyTo.length === 0) return [];
    const address = foreignReplyTo(context);
    if (!address) return [];
    const free = freeMail.has(domainOf(address) ?? '');
    const money = isAboutMoney(context);
    const score = free ? (money ? 76 : 30) : topicsOf(context).has('payment') ? 30 : 10;
    const explanation = `The mail comes from ${supplier.name}, but answers to it go to ${defang(address)}.`;
    return [
      finding('supplier-reply-to', score, explanation, { replyTo: defang(address), supplier: supplier.name }),
    ];
  },
};
