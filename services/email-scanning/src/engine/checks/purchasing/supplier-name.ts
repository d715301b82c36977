import { freeMail } from '../../classifier/free-mail.ts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { isAboutMoney } from '../../money/topics.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check } from '../../types.ts';

/** The sender calls himself a supplier, from a domain that is none of the supplier's. */
export const supplierName: Check = {
  id: 'supplier-name-from-foreign-domain',
  techniques: [
    {
      id: 'supplier-name-from-foreign-domain',
      title: 'Supplier’s name, another domain',
      description:
        'The sender’s display name is a supplier’s name, but the address is at none of its domains and no contact’s. With talk of money it weighs more, from free mail most.',
      maxScore: 60,
    },
  ],
  run(context) {
    const { message, knowledge, sender } = context;
    if (knowledge.tenant.suppliers.length === 0) return [];
    if (!message.from || !sender.domain || sender.own || sender.supplier || sender.impersonated) return [];
    const supplier = compiledTenant(knowledge.tenant).named(message.from.name);
    if (!supplier || supplier.mailDomains.length === 0) return [];
    const score = isAboutMoney(context) ? (freeMail.has(sender.domain) ? 60 : 50) : 45;
    const explanation = `The sender calls himself “${message.from.name}”, but ${defang(sender.domain)} is no domain of ${supplier.name}.`;
    return [
      finding('supplier-name-from-foreign-domain', score, explanation, {
        displayName: message.from.name,
        senderDomain: defang(sender.domain),
        supplier: supplier.name,
        supplierDomains: supplier.mailDomains,
      }),
    ];
  },
};
