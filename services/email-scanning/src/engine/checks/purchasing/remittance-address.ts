import { freeMail } from '../../classifier/free-mail.ts';
import { defang } from '../../defang.ts';
import { domainOf } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { topicsOf } from '../../money/topics.ts';
import { concernOf } from '../../related.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check, CheckContext } from '../../types.ts';

const addressPattern = /[\w.+-]{1,64}@[\w.-]{4,253}\w/g;
const maxText = 20_000;
const maxAddresses = 30;

/** Addresses in the text that are neither the supplier's nor ours. */
function foreignAddresses({ reading, knowledge, sender }: CheckContext): string[] {
  const known = compiledTenant(knowledge.tenant);
  const found = new Set<string>();
  for (const [match] of reading.shown.slice(0, maxText).matchAll(addressPattern)) {
    const address = match.toLowerCase();
    const domain = domainOf(address) ?? '';
    if (known.isOwn(domain) || known.ownerOf(domain) || known.contactAt(address)) continue;
    if (domain !== sender.domain || sender.impersonated) found.add(address);
    if (found.size >= maxAddresses) break;
  }
  return [...found];
}

/** Remittance advice, and so the proof of where money went, is to go to a stranger. */
export const remittanceAddress: Check = {
  id: 'remittance-address',
  techniques: [
    {
      id: 'remittance-to-stranger',
      title: 'Remittance advice to a stranger',
      description:
        'A mail about a supplier’s payments wants remittance advice or questions sent to an address that is not the supplier’s: so nobody notices that the money is missing.',
      maxScore: 60,
    },
  ],
  run(context) {
    const { supplier, tie } = concernOf(context);
    if (!supplier || tie === 'mention' || tie === 'account' || context.sender.own) return [];
    const topics = topicsOf(context);
    if (!topics.has('remittance') || !topics.has('payment')) return [];
    const addresses = foreignAddresses(context);
    const [address] = addresses;
    if (!address) return [];
    const atFreeMail = addresses.find((one) => freeMail.has(domainOf(one) ?? ''));
    const shown = defang(atFreeMail ?? address);
    const explanation = `The mail wants to know at ${shown} what is paid to ${supplier.name}; the address is not the supplier’s.`;
    return [finding('remittance-to-stranger', atFreeMail ? 60 : 40, explanation, { address: shown })];
  },
};
