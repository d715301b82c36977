import { defang } from '../../defang.ts';
import { domainOf, registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

/** A mail has one sender; with more, one program shows this one and the filter looks at that one. */
export const severalSenders: Check = {
  id: 'several-senders',
  techniques: [
    {
      id: 'several-senders',
      title: 'Several From headers',
      description:
        'The mail has more than one From header, which RFC 5322 forbids: the reader sees another sender than the one that was authenticated.',
      maxScore: 45,
      source: 'RFC 5322, 3.6; RFC 7489, 6.6.1',
    },
    {
      id: 'several-from-addresses',
      title: 'Several senders of different domains',
      description:
        'One From header names addresses of several domains: programs show the first, DMARC may be checked for another.',
      maxScore: 25,
      source: 'RFC 7489, 6.6.1',
    },
  ],
  run({ message: { fromCount, fromAll } }) {
    const addresses = [...new Set(fromAll.map(({ address }) => address).filter((address) => address !== ''))];
    const evidence = { addresses: addresses.slice(0, 10).map((address) => defang(address)) };
    if (fromCount > 1) {
      const score = addresses.length > 1 ? 45 : 20;
      const explanation = `The mail has ${fromCount} From headers: different programs show different senders.`;
      return [finding('several-senders', score, explanation, evidence)];
    }
    const domains = new Set(addresses.map((address) => registrable(domainOf(address))));
    if (domains.size < 2) return [];
    const explanation = `The mail says that it is from ${addresses.length} senders of different domains at once.`;
    return [finding('several-from-addresses', 25, explanation, evidence)];
  },
};
