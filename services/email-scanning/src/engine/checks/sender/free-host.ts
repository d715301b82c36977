import { defang } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** A sender without a domain of his own. */
export const freeHostSender: Check = {
  id: 'free-host-sender',
  techniques: [
    {
      id: 'free-host-sender',
      title: 'Sender at a provider’s ready-made domain',
      description:
        'The sender’s domain is one that a provider of offices or pages gives to every new customer (onmicrosoft.com, web.app …): companies that send mail have their own.',
      maxScore: 25,
    },
  ],
  run(context) {
    const { sender, message } = context;
    const { freeHost } = senderProfile(context);
    if (!freeHost || !sender.domain || message.list || sender.own || sender.supplier) return [];
    const explanation = `The sender has no domain of its own: ${defang(sender.domain)} is one that a provider gives to every new customer.`;
    return [finding('free-host-sender', 25, explanation, { senderDomain: defang(sender.domain) })];
  },
};
