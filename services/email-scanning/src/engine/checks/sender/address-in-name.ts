import { ownersOf } from '../../brands/index.ts';
import { defang } from '../../defang.ts';
import { registrable } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check } from '../../types.ts';

const addressPattern = /[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})/i;
const domainPattern = /(?:^|[\s([<"'])((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?=$|[\s)\]>"'])/i;

/** The name shows another address or domain than the one that the mail comes from. */
export const addressInName: Check = {
  id: 'address-in-name',
  techniques: [
    {
      id: 'address-in-display-name',
      title: 'Another address as name',
      description:
        'The display name is an e-mail address at another domain than the sender’s: programs that show the name alone show a sender who did not write.',
      maxScore: 45,
    },
    {
      id: 'own-domain-in-display-name',
      title: 'Own domain as name',
      description:
        'The display name shows the organisation’s own domain or one of its addresses, but the mail comes from outside.',
      maxScore: 55,
    },
  ],
  run({ message, sender, knowledge }) {
    const name = message.from?.name.slice(0, 300) ?? '';
    if (!name.includes('.') || !sender.domain) return [];
    const inName = addressPattern.exec(name);
    const domain = (inName?.[1] ?? domainPattern.exec(name)?.[1])?.toLowerCase();
    const shown = domain && registrable(domain);
    if (!domain || !shown || shown === sender.registrable) return [];
    const what = inName ? `the address ${defang(inName[0])}` : defang(domain);
    const explanation = `The sender’s name shows ${what}, but the mail comes from ${defang(message.from?.address ?? '')}.`;
    const evidence = { shown: defang(domain), senderDomain: defang(sender.domain) };
    if (!sender.own && compiledTenant(knowledge.tenant).isOwn(domain))
      return [finding('own-domain-in-display-name', message.list ? 10 : 55, explanation, evidence)];
    if (!inName || message.list) return [];
    return [finding('address-in-display-name', ownersOf(shown).length > 0 ? 45 : 25, explanation, evidence)];
  },
};
