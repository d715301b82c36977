import { defang } from '../../defang.ts';
import { domainOf } from '../../domains.ts';
import { finding } from '../../finding.ts';
import { compiledTenant } from '../../suppliers/compile.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** Somebody from outside has a colleague's name. Colleagues have private addresses too: money talk makes it certain elsewhere. */
export const userName: Check = {
  id: 'user-name',
  techniques: [
    {
      id: 'colleague-impersonation',
      title: 'Colleague’s name from outside',
      description:
        'The display name is that of one of the organisation’s people, but the address is at a domain of somebody else (business e-mail compromise).',
      maxScore: 45,
    },
  ],
  run(context) {
    const { sender, message, knowledge } = context;
    if (
      !sender.domain ||
      sender.own ||
      sender.supplier ||
      message.list ||
      knowledge.tenant.users.length === 0
    )
      return [];
    const user = compiledTenant(knowledge.tenant).userNamed(message.from?.name ?? '');
    if (!user || user.email.toLowerCase() === message.from?.address) return [];
    const { freeMail, discussion } = senderProfile(context);
    const elsewhere = message.replyTo.some(({ address }) => domainOf(address) !== sender.domain);
    const known = (knowledge.message.history?.fromAddressSeen ?? 0) > 2;
    const score = known ? 8 : (freeMail || elsewhere ? 42 : 32) - (discussion ? 7 : 0);
    const explanation = `The sender has the name of ${user.name}, but writes from ${defang(sender.domain)}, outside your organisation.`;
    return [
      finding('colleague-impersonation', score, explanation, {
        name: user.name,
        senderDomain: defang(sender.domain),
      }),
    ];
  },
};
