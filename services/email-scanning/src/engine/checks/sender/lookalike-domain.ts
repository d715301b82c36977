import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** The sender's domain imitates a supplier's. */
export const lookalikeDomain: Check = {
  id: 'lookalike-domain',
  techniques: [],
  run({ sender: { domain, impersonated } }) {
    if (!domain || !impersonated) return [];
    const { supplier, domain: genuine, how } = impersonated;
    const explanation = `The mail comes from ${defang(domain)}, which ${how}: it is not ${supplier.name}.`;
    return [
      finding('lookalike-domain', 65, explanation, {
        senderDomain: defang(domain),
        imitates: genuine,
        supplier: supplier.name,
      }),
    ];
  },
};
