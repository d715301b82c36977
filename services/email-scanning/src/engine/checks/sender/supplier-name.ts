import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { supplierNamed } from '../../identity.ts';
import type { Check } from '../../types.ts';

/** The sender calls himself a supplier, from a domain that is none of the supplier's. */
export const supplierName: Check = {
  id: 'supplier-name-from-foreign-domain',
  techniques: [],
  run({ message, knowledge, sender }) {
    if (!message.from || !sender.domain || sender.supplier || sender.impersonated) return [];
    const supplier = supplierNamed(message.from.name, knowledge.tenant.suppliers);
    if (!supplier || supplier.mailDomains.length === 0) return [];
    const explanation = `The sender calls himself “${message.from.name}”, but ${defang(sender.domain)} is no domain of ${supplier.name}.`;
    return [
      finding('supplier-name-from-foreign-domain', 45, explanation, {
        displayName: message.from.name,
        senderDomain: defang(sender.domain),
        supplier: supplier.name,
        supplierDomains: supplier.mailDomains,
      }),
    ];
  },
};
