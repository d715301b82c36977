import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import { type LookalikeIndex, lookalikeIndex } from '../../suppliers/lookalikes.ts';
import type { Check, TenantKnowledge } from '../../types.ts';

/** Few tenants are at work at a time; the domains themselves are the key. */
const indexes = new Map<string, LookalikeIndex>();
const maxIndexes = 100;

function indexOf({ ownDomains }: TenantKnowledge): LookalikeIndex {
  const key = ownDomains.join(' ');
  let index = indexes.get(key);
  if (!index) {
    if (indexes.size >= maxIndexes) indexes.clear();
    index = lookalikeIndex(ownDomains);
    indexes.set(key, index);
  }
  return index;
}

/** The sender's domain imitates one of the organisation's own. */
export const ownDomainLookalike: Check = {
  id: 'own-domain-lookalike',
  techniques: [
    {
      id: 'own-domain-lookalike',
      title: 'Domain that looks like your own',
      description:
        'The sender’s domain is spelled almost as one of the organisation’s own, so that a colleague seems to write.',
      maxScore: 70,
    },
  ],
  run({ sender, knowledge: { tenant } }) {
    if (!sender.domain || sender.own || sender.supplier || tenant.ownDomains.length === 0) return [];
    const imitated = indexOf(tenant).imitatedBy(sender.domain);
    if (!imitated) return [];
    const explanation = `The mail comes from ${defang(sender.domain)}, which ${imitated.how}, your own domain.`;
    return [
      finding('own-domain-lookalike', imitated.certainty, explanation, {
        senderDomain: defang(sender.domain),
        imitates: defang(imitated.domain),
      }),
    ];
  },
};
