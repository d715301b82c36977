import { imitatedBrand } from '../../brands/imitation.ts';
import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** The sender's domain is made to be taken for a well-known company's. */
export const brandDomain: Check = {
  id: 'brand-domain',
  techniques: [
    {
      id: 'brand-lookalike-domain',
      title: 'Domain that looks like a well-known company’s',
      description:
        'The sender’s domain is spelled almost as a well-known company’s: other letters that look the same, one letter more, less, changed or swapped.',
      maxScore: 60,
    },
    {
      id: 'brand-in-foreign-domain',
      title: 'Company’s name in somebody else’s domain',
      description:
        'The sender’s domain holds a well-known company’s name with other words, or in front of a domain of somebody else.',
      maxScore: 45,
    },
  ],
  run({ sender: { domain, own, supplier }, message }) {
    const imitated = domain && !own && !supplier && !message.list ? imitatedBrand(domain) : null;
    if (!domain || !imitated) return [];
    const { brand, kind, how } = imitated;
    const explanation = `The mail comes from ${defang(domain)}, which ${how}.`;
    const evidence = {
      senderDomain: defang(domain),
      brand: brand.name,
      genuine: defang(brand.domains[0] ?? ''),
    };
    return kind === 'looks-like'
      ? [finding('brand-lookalike-domain', 60, explanation, evidence)]
      : [finding('brand-in-foreign-domain', kind === 'contains' ? 45 : 20, explanation, evidence)];
  },
};
