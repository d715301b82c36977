import { freeMail } from '../../classifier/free-mail.ts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { isAboutMoney } from '../../money/topics.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check, CheckContext } from '../../types.ts';

/** Services by which small companies send invoices and papers in their own names. Abused too, but too common to be suspicious. */
const platforms = new Set(
  'intuit.com docusign.net docusign.com adobesign.com stripe.com xero.com sage.com freshbooks.com zoho.com zohobooks.com sevdesk.de lexoffice.de datev.de fastbill.com billomat.com shopify.com shopifyemail.com square.com squareup.com bill.com zendesk.com freshdesk.com moneybird.com exactonline.nl pennylane.com qonto.com holded.com fattureincloud.it aruba.it'.split(
    ' ',
  ),
);

/** How sure the name alone makes us, 0–100. */
function scoreOf(context: CheckContext): number {
  const { registrable, domain } = context.sender;
  if (platforms.has(registrable ?? ''))
    return context.knowledge.message.authentication?.dmarc === 'fail' ? 50 : 20;
  if (!isAboutMoney(context)) return 45;
  return freeMail.has(domain ?? '') ? 60 : 50;
}

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
    const explanation = `The sender calls himself “${message.from.name}”, but ${defang(sender.domain)} is no domain of ${supplier.name}.`;
    return [
      finding('supplier-name-from-foreign-domain', scoreOf(context), explanation, {
        displayName: message.from.name,
        senderDomain: defang(sender.domain),
        supplier: supplier.name,
        supplierDomains: supplier.mailDomains,
      }),
    ];
  },
};
