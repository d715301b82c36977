import { domainOf, registrable } from './domains.ts';
import { compiledTenant } from './suppliers/compile.ts';
import type { ParsedMessage, ScanKnowledge, SenderIdentity } from './types.ts';

/** Who the message is from, or whom it imitates. A supplier's own domain is never an imitation, whatever it looks like. */
export function senderOf(message: ParsedMessage, { tenant }: ScanKnowledge): SenderIdentity {
  const address = message.from?.address ?? '';
  const domain = domainOf(address);
  const base = { domain, registrable: registrable(domain) };
  if (!domain) return { ...base, own: false, supplier: null, impersonated: null };
  const known = compiledTenant(tenant);
  const own = known.isOwn(domain);
  const supplier = own ? null : (known.ownerOf(domain) ?? known.contactAt(address));
  const imitated = supplier || own ? null : known.imitatedBy(domain);
  return {
    ...base,
    own,
    supplier,
    impersonated: imitated && {
      supplier: imitated.supplier,
      domain: imitated.imitation.domain,
      how: imitated.imitation.how,
      certainty: imitated.imitation.certainty,
    },
  };
}
